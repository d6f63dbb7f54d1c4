using System.Text.Json;
using Dnnlib.Pickle;
using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Pickle;

public sealed class NetworkPickleTests
{
    public static TheoryData<string> Configurations => [.. Directory.GetDirectories(Golden.Path("networks")).Select(d => Path.GetFileName(d)!).Order()];

    [Theory]
    [MemberData(nameof(Configurations))]
    public void Every_variable_of_every_configuration_is_read_with_its_shape(string configuration)
    {
        NetworkState gs = NetworkPickle.Load(Golden.Path("networks", configuration, "network.pkl")).Gs;
        JsonElement expected = Golden.Json("networks", configuration, "network.json").GetProperty("variables");

        Assert.Equal("Gs", gs.Name);
        Assert.Equal(
            expected.EnumerateObject().ToDictionary(v => v.Name, v => string.Join(",", v.Value.EnumerateArray())),
            All(gs, "").ToDictionary(v => v.Name, v => string.Join(",", v.Shape)));
    }

    private static IEnumerable<(string Name, long[] Shape)> All(NetworkState network, string prefix) =>
        network.Variables.Select(v => (prefix + v.Name, v.Value.shape)).Concat(network.Components.Values.SelectMany(c => All(c, $"{prefix}{c.Name}/")));

    [Fact]
    public void The_generator_and_discriminator_stand_beside_the_average()
    {
        NetworkPickle pickle = NetworkPickle.Load(Golden.Path("networks", "config-f", "network.pkl"));
        Assert.Equal(["G", "D", "Gs"], [pickle.G.Name, pickle.D.Name, pickle.Gs.Name]);
        Assert.Equal(["G_main", "D_stylegan2"], [pickle.G.BuildFuncName, pickle.D.BuildFuncName]);
        Assert.Contains("module", pickle.Gs.BuildModuleSrc, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_may_hold_one_network_alone()
    {
        NetworkState network = NetworkPickle.Load(Golden.Path("lpips", "lpips.pkl")).Gs;
        Assert.Equal((13 * 2) + 5, network.Variables.Count);
    }
}
