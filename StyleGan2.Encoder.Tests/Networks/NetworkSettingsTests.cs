using Dnnlib;
using Dnnlib.TfLib;
using TensorGraph.Graphs;
using TensorGraph.Runtime;

namespace StyleGan2.Encoder.Tests.Networks;

public sealed class NetworkSettingsTests : IDisposable
{
    private readonly Graph _graph = new();
    private readonly Session _session;

    public NetworkSettingsTests() => _session = new Session(_graph);

    public void Dispose()
    {
        _session.Dispose();
        _graph.Dispose();
    }

    [Fact]
    public void The_smallest_network_has_four_pixels_a_side()
    {
        Assert.Equal([1, 3, 4, 4], Build("G_synthesis_stylegan2", resolution: 4).OutputShapes[0].With(0, 1));
        Assert.Throws<InvalidDataException>(() => Build("G_synthesis_stylegan2", resolution: 2));
        Assert.Throws<InvalidDataException>(() => Build("G_synthesis_stylegan2", resolution: 12));
    }

    [Theory]
    [InlineData(60, 1.0, 30, 15, 7)]
    [InlineData(100, 1.0, 50, 25, 12)]
    [InlineData(100, 0.5, 70, 50, 35)]
    [InlineData(4, 2.0, 1, 1, 1)]
    public void Numbers_of_feature_maps_are_rounded_down(int fmapBase, double decay, int of4, int of8, int of16)
    {
        EasyDict kwargs = new() { ["fmap_base"] = fmapBase, ["fmap_decay"] = decay };
        Network network = Build("G_synthesis_stylegan2", resolution: 16, kwargs);
        int[] sizes = [.. new[] { "4x4/Conv", "8x8/Conv1", "16x16/Conv1" }.Select(layer => network.FindVar($"{layer}/bias").Shape[0])];
        Assert.Equal([of4, of8, of16], sizes);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(4, 1)]
    public void The_minibatchs_deviation_is_a_feature_where_groups_have_more_than_one_sample(int groupSize, int features)
    {
        Network network = Build("D_stylegan2", resolution: 8, new EasyDict { ["fmap_base"] = 16, ["mbstd_group_size"] = groupSize });
        Assert.Equal(8 + features, network.FindVar("4x4/Conv/weight").Shape[2]);
    }

    private Network Build(string function, int resolution, EasyDict? kwargs = null) =>
        new(
            _session,
            "N",
            $"training.networks_stylegan2.{function}",
            new EasyDict(kwargs ?? []) { ["resolution"] = resolution, ["dlatent_size"] = 4 });
}
