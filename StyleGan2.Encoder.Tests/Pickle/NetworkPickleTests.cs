using System.Text.Json;
using Dnnlib.TfLib;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Numpy;
using Training.Networks;

namespace StyleGan2.Encoder.Tests.Pickle;

public sealed class NetworkPickleTests
{
    public static TheoryData<string> Configurations =>
        [.. Directory.GetDirectories(Golden.Path("networks")).Select(d => Path.GetFileName(d)!).Order()];

    [Theory]
    [MemberData(nameof(Configurations))]
    public void Every_variable_of_every_configuration_is_read_with_its_shape(string configuration)
    {
        NetworkState gs = NetworkFile.Load(Golden.Path("networks", configuration, "network.pkl")).Gs;
        JsonElement expected = Golden.Json("networks", configuration, "network.json").GetProperty("variables");

        Assert.Equal("Gs", gs.Name);
        Assert.Equal(
            expected.EnumerateObject().ToDictionary(v => v.Name, v => string.Join(",", v.Value.EnumerateArray())),
            All(gs, "").ToDictionary(v => v.Name, v => string.Join(",", v.Shape)));
    }

    private static IEnumerable<(string Name, long[] Shape)> All(NetworkState network, string prefix) =>
        network.Variables.Select(v => (prefix + v.Name, v.Value.shape))
            .Concat(network.Components.Values.SelectMany(c => All(c, $"{prefix}{c.Name}/")));

    [Fact]
    public void The_generator_and_discriminator_stand_beside_the_average()
    {
        NetworkFile pickle = NetworkFile.Load(Golden.Path("networks", "config-f", "network.pkl"));
        Assert.Equal(["G", "D", "Gs"], [pickle.G.Name, pickle.D.Name, pickle.Gs.Name]);
        Assert.Equal(["G_main", "D_stylegan2"], [pickle.G.BuildFuncName, pickle.D.BuildFuncName]);
        Assert.Contains("module", pickle.Gs.BuildModuleSrc, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_may_hold_one_network_alone()
    {
        NetworkState network = NetworkFile.Load(Golden.Path("lpips", "lpips.pkl")).Gs;
        Assert.Equal((13 * 2) + 5, network.Variables.Count);
    }

    [Theory]
    [InlineData("network-2.pkl")]
    [InlineData("network-3.pkl")]
    [InlineData("network-4.pkl")]
    public void Settings_and_values_are_those_that_were_written(string sample)
    {
        NetworkState gs = NetworkFile.Load(Golden.Path("pickle", sample)).Gs;
        Assert.Equal((4, "Gs", "G_main", "# text\n"), (gs.Version, gs.Name, gs.BuildFuncName, gs.BuildModuleSrc));
        Assert.Equal((8, 0.5, null), (gs.StaticKwargs.Get<int>("resolution"), gs.StaticKwargs.Get<double>("scale"),
            gs.StaticKwargs["nothing"]));
        Assert.Equal([1L, 3L, 3L, 1L], gs.StaticKwargs.Get<List<object?>>("kernel"));
        Assert.Equal("G_synthesis_stylegan2", gs.Components["synthesis"].BuildFuncName);
        Assert.Equal(["lod", "w"], gs.Variables.Select(v => v.Name));
        Assert.Equal([0f, 0.25f, 0.5f, 0.75f, 1f, 1.25f], gs.Variables[1].Value.Values<float>());
    }

    [Fact]
    public void A_network_that_is_not_in_the_file_is_an_error_that_names_it()
    {
        string file = Golden.Path("lpips", "lpips.pkl");
        string message = Assert.Throws<InvalidDataException>(() => NetworkFile.Load(file).D).Message;
        Assert.Equal($"{file}: it has no network D; give a file that has", message);
    }

    [Fact]
    public void Data_other_than_networks_are_refused_by_saying_what_they_are()
    {
        string file = Golden.Path("pickle", "plain-4.pkl");
        string message = Assert.Throws<InvalidDataException>(() => NetworkFile.Load(file)).Message;
        Assert.Equal($"{file}: not a file of networks: the network is expected where it has a dictionary", message);
    }
}
