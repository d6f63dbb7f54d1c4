using System.Text.Json;
using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Random;
using TensorGraph.Runtime;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Tests.Random;

public sealed class TensorFlowRandomTests
{
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "Golden", "random");

    public static TheoryData<int> RecordedOperations =>
        [.. Recorded().Where(r => r.GetProperty("op").GetString() != "TruncatedNormal").Select(r => r.GetProperty("index").GetInt32())];

    [Theory]
    [MemberData(nameof(RecordedOperations))]
    public void Three_runs_of_an_operation_draw_what_TensorFlow_drew(int index)
    {
        JsonElement record = Recorded().Single(r => r.GetProperty("index").GetInt32() == index);
        using Graph graph = new();
        using IDisposable asDefault = graph.AsDefault();
        graph.Seed = Nullable(record, "graph_seed");
        Tensor values = Operation(record);
        using Session session = new(graph);
        NDArray expected = np.load_npy(Path.Combine(s_folder, $"tf-{index:00}.npy"));
        byte[][] runs = [.. Enumerable.Range(0, 3).Select(_ => Stored(session.Run(values), record))];
        Assert.Equal(expected.Contiguous().tobytes(), runs.SelectMany(r => r));
    }

    [Theory]
    [MemberData(nameof(RecordedOperations))]
    public void An_operation_can_go_to_any_of_its_runs(int index)
    {
        JsonElement record = Recorded().Single(r => r.GetProperty("index").GetInt32() == index);
        using Graph graph = new();
        using IDisposable asDefault = graph.AsDefault();
        graph.Seed = Nullable(record, "graph_seed");
        Tensor values = Operation(record);
        using Session session = new(graph);
        byte[] first = Stored(session.Run(values), record);
        session.SeekRandom(values, 2);
        byte[] third = Stored(session.Run(values), record);
        session.SeekRandom(values, 0);
        byte[] firstAgain = Stored(session.Run(values), record);
        byte[] expected = np.load_npy(Path.Combine(s_folder, $"tf-{index:00}.npy")).Contiguous().tobytes();
        Assert.Equal(expected[^third.Length..], third);
        Assert.Equal(expected[..first.Length], firstAgain);
        Assert.Equal(first, firstAgain);
    }

    [Fact]
    public void Only_random_operations_have_runs_to_go_to()
    {
        using Graph graph = new();
        using IDisposable asDefault = graph.AsDefault();
        using Session session = new(graph);
        Assert.Throws<ArgumentException>(() => session.SeekRandom(tf.random_normal([2]) + 1.0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => session.SeekRandom(tf.random_normal([2]), -1));
    }

    [Theory]
    [InlineData(null, 5L, 0, 87654321L, 5L)]
    [InlineData(7L, null, 87, 7L, 87L)]
    [InlineData(0L, 0L, 0, 0L, 2147483647L)]
    [InlineData(2147483647L, 1L, 0, 0L, 1L)]
    [InlineData(-1L, -2147483648L, 0, 2147483646L, 2147483646L)]
    public void Seeds_follow_TensorFlows_rule(long? graphSeed, long? opSeed, int operations, long seed, long seed2) =>
        Assert.Equal((seed, seed2), RandomSeeds.Of(graphSeed, opSeed, operations));

    [Fact]
    public void Long_whole_numbers_are_drawn_beyond_32_bits()
    {
        using Graph graph = new();
        using IDisposable asDefault = graph.AsDefault();
        using Session session = new(graph);
        Tensor values = tf.random_uniform([100], 0, 1L << 40, tf.int64, seed: 5);
        Assert.InRange(session.Run(values).Values<long>().Max(), 1L << 38, (1L << 40) - 1);
    }

    private static Tensor Operation(JsonElement record)
    {
        TensorShape shape = new([.. record.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32())]);
        JsonElement kwargs = record.GetProperty("kwargs");
        long? seed = Nullable(record, "op_seed");
        double min = kwargs.TryGetProperty("minval", out JsonElement m) ? m.GetDouble() : 0;
        double max = kwargs.TryGetProperty("maxval", out m) ? m.GetDouble() : 1;
        return record.GetProperty("op").GetString() switch
        {
            "RandomStandardNormal" => tf.random_normal(shape, seed: seed),
            "RandomUniform" => tf.random_uniform(shape, min, max, seed: seed),
            "RandomUniformInt" =>
                tf.random_uniform(shape, min, max, kwargs.GetProperty("dtype").GetString() == "int32" ? tf.int32 : tf.int64, seed),
            string other => throw new InvalidDataException(other),
            null => throw new InvalidDataException("no op"),
        };
    }

    private static byte[] Stored(NDArray run, JsonElement record)
    {
        byte[] all = run.Contiguous().tobytes();
        return record.GetProperty("stored").GetString() == "all" ? all : all[^(8 * run.dtypesize)..];
    }

    private static long? Nullable(JsonElement record, string name) =>
        record.GetProperty(name) is { ValueKind: JsonValueKind.Number } value ? value.GetInt64() : null;

    private static JsonElement[] Recorded()
    {
        using FileStream stream = File.OpenRead(Path.Combine(s_folder, "tf-ops.json"));
        return [.. JsonSerializer.Deserialize<JsonElement>(stream).EnumerateArray()];
    }
}
