using NumSharp;
using TensorGraph.Numpy;
using TensorGraph.Records;
using Training;

namespace StyleGan2.Encoder.Projection;

/// <summary>The two results of a picture: <c>NAME.png</c>, the picture found, and <c>NAME.npy</c>, its dlatents [layers, size].</summary>
/// <param name="folder">The folder of the results.</param>
/// <param name="name">The results' name.</param>
internal sealed class ResultFiles(string folder, string name)
{
    private string Png => Path.Combine(folder, $"{name}.png");

    private string Npy => Path.Combine(folder, $"{name}.npy");

    /// <summary>Whether both are there.</summary>
    internal bool Exist => File.Exists(Png) && File.Exists(Npy);

    /// <summary>Writes both; each appears whole or not at all, the dlatents last.</summary>
    /// <param name="images">Float32 [1, channels, height, width] in [-1, 1].</param>
    /// <param name="dlatents">Float32 [1, layers, size].</param>
    internal void Write(NDArray images, NDArray dlatents)
    {
        Misc.SaveImageGrid(images, Png, (-1, 1));
        WholeFile.Write(Npy, stream => stream.Write(np.save(dlatents[0].Contiguous())));
    }

    /// <summary>Makes the folder and makes sure that it can be written, before hours of work are spent.</summary>
    /// <exception cref="IOException">It cannot be made or written.</exception>
    internal static void PrepareFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            string probe = Path.Combine(folder, $".{Guid.NewGuid():N}.part");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{folder}: cannot write results there ({e.Message}); give a folder that can be written", e);
        }
    }
}
