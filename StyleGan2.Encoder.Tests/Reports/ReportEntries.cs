using System.Text.Json.Nodes;
using NumSharp;
using StyleGan2.Encoder.Reports;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Numpy;

namespace StyleGan2.Encoder.Tests.Reports;

/// <summary>Pictures for reports, with results that nobody projected.</summary>
internal static class ReportEntries
{
    /// <summary>A gray picture of 16 x 16 pixels, float32 [1, 3, 16, 16].</summary>
    internal static NDArray Gray(float level) => Enumerable.Repeat(level, 3 * 16 * 16).ToArray().ToNDArray(1, 3, 16, 16);

    /// <summary>A picture that is finished, whose files are in the folder.</summary>
    internal static PictureEntry Finished(TemporaryFolder folder, int position, string name)
    {
        string resultName = Path.GetFileNameWithoutExtension(name);
        string[] files = [$"{resultName}.png", $"{resultName}.npy", $"{resultName}.json"];
        foreach (string file in files)
        {
            File.WriteAllText(folder.File(file), "");
        }

        return Begun(position, name) with
        {
            Step = 100,
            Outcome = new JsonObject { ["distance"] = 0.25f, ["mean_absolute_error"] = 2.5, ["seconds"] = 7.5 },
            Files = files,
            Source = EmbeddedPicture.Of(Gray(-1)),
            Result = EmbeddedPicture.Of(Gray(1)),
            Difference = EmbeddedPicture.Difference(Gray(-1), Gray(1)),
            Snapshots = [new Snapshot(50, EmbeddedPicture.Small(Gray(0)))],
            Curve = [.. Enumerable.Range(1, 100).Select(i => new CurvePoint(i, 10f / i))],
        };
    }

    /// <summary>A picture that is being projected.</summary>
    internal static PictureEntry Begun(int position, string name) => new()
    {
        Name = name,
        ResultName = Path.GetFileNameWithoutExtension(name),
        Position = position,
        Steps = 100,
        Versions = "stylegan2-encoder 0.0.0",
        Settings = new JsonObject { ["tf_random_seed"] = 659662259 },
    };
}
