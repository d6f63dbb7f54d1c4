using System.Reflection;
using System.Text.RegularExpressions;
using NumSharp;
using Samples.Library;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Data;
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

        Dataset batches = ReadDataset.Minibatches(file, labels);

        Assert.Equal(100, batches.Sum(b => b[0].shape[0]));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (long)(i / 2)), batches.SelectMany(b => b[1].Values<long>()).Order());
        Assert.Equal(
            batches.First()[0][0].Values<float>(),
            ImageRecords.Pixels((int)batches.First()[1].GetAtIndex<long>(0), new ImageShape(3, 8, 8)).Select(p => p / 255f));
    }

    [Fact]
    public void Every_test_that_the_page_names_is_there()
    {
        (string Class, string Method)[] named = [.. TestName().Matches(s_page).Select(m => (m.Groups[1].Value, m.Groups[2].Value))];
        Assert.InRange(named.Length, 20, 100);
        Assert.All(
            named,
            test => Assert.Contains(
                typeof(DocumentedPipelineTests).Assembly.GetTypes().Where(t => t.Name == test.Class),
                type => type.GetMethod(test.Method)?.GetCustomAttribute<FactAttribute>() is not null));
    }

    [GeneratedRegex(@"`(\w+Tests)\.(\w+)`")]
    private static partial Regex TestName();
}
