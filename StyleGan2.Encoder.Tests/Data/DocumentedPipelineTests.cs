using System.Reflection;
using System.Text.RegularExpressions;
using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Data;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Records;

namespace StyleGan2.Encoder.Tests.Data;

/// <summary>docs/data.md: its pipeline runs, and what it says is tested.</summary>
public sealed partial class DocumentedPipelineTests : IDisposable
{
    private static readonly string s_page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "data.md"));
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_pipeline_gives_every_image_in_every_pass()
    {
        string file = _folder.Write("set-r03.tfrecords", ImageRecords.File(50, new ImageShape(3, 8, 8)));
        NDArray labels = Enumerable.Range(0, 50).Select(i => (long)i).ToArray().ToNDArray(50);
        long seen = 0;

        Dataset images = Dataset.TFRecord([file]).ParseImages(new ImageShape(3, 8, 8));
        Dataset batches = Dataset.Zip(images, Dataset.FromTensorSlices(labels))
            .Shuffle(bufferSize: 1000, seed: 7)
            .Repeat(2)
            .Map(e => [e[0].astype(typeof(float)) / 255f, e[1]], [(DataType.Float32, [3, 8, 8]), (DataType.Int64, [])], numParallelCalls: 2)
            .Prefetch(64)
            .Batch(32);
        foreach (NDArray[] batch in batches)
        {
            seen += batch[0].shape[0];
        }

        Assert.Equal(100, seen);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (long)(i / 2)), batches.SelectMany(b => b[1].Values<long>()).Order());
        Assert.Equal(
            batches.First()[0][0].Values<float>(),
            ImageRecords.Pixels((int)batches.First()[1].GetAtIndex<long>(0), new ImageShape(3, 8, 8)).Select(p => p / 255f));
    }

    [Fact]
    public void The_page_shows_the_pipeline_of_this_test()
    {
        string code = CodeBlock().Match(s_page).Groups[1].Value;
        Assert.Contains(
            Unindented(code),
            Unindented(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "DocumentedPipelineTests.cs"))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Every_test_that_the_page_names_is_there()
    {
        (string Class, string Method)[] named = [.. TestName().Matches(s_page).Select(m => (m.Groups[1].Value, m.Groups[2].Value))];
        Assert.InRange(named.Length, 20, 100);
        Assert.All(
            named,
            test => Assert.NotNull(
                typeof(DocumentedPipelineTests).Assembly.GetType($"{typeof(DocumentedPipelineTests).Namespace}.{test.Class}")?
                    .GetMethod(test.Method)?.GetCustomAttribute<FactAttribute>()));
    }

    private static string Unindented(string text) => string.Join('\n', text.Split('\n').Select(l => l.Trim()));

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"`(\w+Tests)\.(\w+)`")]
    private static partial Regex TestName();
}
