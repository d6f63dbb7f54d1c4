using Dnnlib.TfLib;
using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;
using Training.Networks;

namespace StyleGan2.Encoder.Tests.Networks;

public sealed class NetworkLoadingTests : IDisposable
{
    private static readonly NetworkState s_mapping =
        NetworkFile.Load(Golden.Path("networks", "config-f", "network.pkl")).Gs.Components["mapping"];

    private readonly Graph _graph = new();
    private readonly Session _session;

    public NetworkLoadingTests() => _session = new Session(_graph);

    public void Dispose()
    {
        _session.Dispose();
        _graph.Dispose();
    }

    [Fact]
    public void A_variable_that_the_build_function_does_not_have_is_an_error_that_names_it()
    {
        NetworkState state = s_mapping with { Variables = [.. s_mapping.Variables, ("extra", NDArray.Scalar(0f))] };
        string message = Assert.Throws<InvalidDataException>(() => new Network(_session, state)).Message;
        Assert.Equal(
            $"{s_mapping.File}: network G_mapping: its file has a variable extra, which G_mapping with its settings does not", message);
    }

    [Fact]
    public void A_variable_of_another_shape_is_an_error_that_names_both()
    {
        NetworkState state = s_mapping with { Variables = [("Dense0/bias", np.zeros(new Shape(5), typeof(float)))] };
        string message = Assert.Throws<InvalidDataException>(() => new Network(_session, state)).Message;
        Assert.Equal(
            $"{s_mapping.File}: network G_mapping: "
            + "its file has variable Dense0/bias of shape [5], which G_mapping with its settings has of shape [24]",
            message);
    }

    [Fact]
    public void Variables_that_the_file_does_not_have_take_their_initial_values()
    {
        Network network = new(_session, s_mapping with { Variables = [.. s_mapping.Variables.Where(v => v.Name != "Dense0/bias")] });
        Assert.Equal(new float[24], network.GetVar("Dense0/bias").Values<float>());
        Assert.Equal(
            s_mapping.Variables.Single(v => v.Name == "Dense1/bias").Value.Values<float>(), network.GetVar("Dense1/bias").Values<float>());
    }

    [Fact]
    public void A_build_function_that_this_program_does_not_have_is_an_error_that_names_it()
    {
        string message = Assert.Throws<NotSupportedException>(
            () => new Network(_session, s_mapping with { BuildFuncName = "G_paper" })).Message;
        Assert.Equal($"{s_mapping.File}: network G_mapping: its build function G_paper is unknown to this program", message);
    }
}
