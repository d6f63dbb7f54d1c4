using System.Text.Json;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Data;
using TensorGraph.Graphs;
using TensorGraph.Runtime;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Tests.Data;

public sealed class ShuffleTests
{
    public static TheoryData<int> RecordedOrders => [.. Enumerable.Range(0, Golden.Json("random", "tf-shuffle.json").GetArrayLength())];

    [Theory]
    [MemberData(nameof(RecordedOrders))]
    public void The_order_is_TensorFlows_in_both_initializations(int index)
    {
        JsonElement record = Golden.Json("random", "tf-shuffle.json")[index];
        using Graph graph = new();
        using Session session = new(graph);
        using IDisposable asDefault = session.AsDefault();
        graph.Seed = record.GetProperty("graph_seed").GetInt64();
        bool reshuffles = record.GetProperty("reshuffle_each_iteration").ValueKind != JsonValueKind.False;
        Dataset dataset = Numbers.Range(record.GetProperty("elements").GetInt64())
            .shuffle(record.GetProperty("buffer_size").GetInt64(), record.GetProperty("op_seed").GetInt64(), reshuffles)
            .Repeat(record.GetProperty("repeat").GetInt64());
        Iterator iterator = tf.data.Iterator.from_structure(dataset.OutputTypes, dataset.OutputShapes);
        Operation initializer = iterator.MakeInitializer(dataset);
        Tensor next = iterator.GetNext()[0];
        foreach (JsonElement expected in record.GetProperty("order_of_each_initialization").EnumerateArray())
        {
            session.Run(initializer);
            long[] drawn = [.. Enumerable.Range(0, expected.GetArrayLength()).Select(_ => session.Run(next).GetAtIndex<long>(0))];
            Assert.Equal(expected.EnumerateArray().Select(e => e.GetInt64()), drawn);
            Assert.Throws<OutOfRangeException>(() => session.Run(next));
        }
    }

    [Fact]
    public void A_buffer_of_one_keeps_the_order() => Assert.Equal([0, 1, 2, 3, 4], Numbers.Flat(Numbers.Range(5).Shuffle(1)));

    [Fact]
    public void An_element_comes_out_no_earlier_than_the_buffer_lets_it_in()
    {
        long[] drawn = Numbers.Flat(Numbers.Range(200).Shuffle(10, seed: 3));
        Assert.All(drawn.Index(), d => Assert.True(d.Item < d.Index + 10));
    }

    [Fact]
    public void Without_seeds_orders_differ() =>
        Assert.NotEqual(Numbers.Flat(Numbers.Range(100).Shuffle(100)), Numbers.Flat(Numbers.Range(100).Shuffle(100)));

    [Fact]
    public void A_buffer_larger_than_the_dataset_takes_no_memory_for_what_is_not_there() =>
        Assert.Equal(5, Numbers.Flat(Numbers.Range(5).Shuffle(long.MaxValue)).Length);

    [Fact]
    public void Nothing_beyond_the_buffer_is_made()
    {
        int made = 0;
        using IEnumerator<NumSharp.NDArray[]> elements =
            Numbers.Range(100).Map(Numbers.Function(x => x + (made++ * 0))).Shuffle(10).GetEnumerator();
        Assert.True(elements.MoveNext());
        Assert.Equal(10, made);
    }

    [Fact]
    public void A_buffer_of_nothing_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => Numbers.Range(5).Shuffle(0));
}
