using Dnnlib.TfLib;
using StyleGan2.Encoder.Networks;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Runtime.Onnx;

namespace StyleGan2.Encoder.Tests.Networks;

/// <summary>What a saved model holds: the graph as it was built, whatever this machine would run in its place.</summary>
public sealed class NetworkExportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_model_has_ONNXs_operators_only()
    {
        ModelProto model = Exported("csharp");
        Assert.Equal([string.Empty], model.OpsetImport.Select(o => o.Domain));
        Assert.All(model.Graph.Node, n => Assert.Empty(n.Domain));
        Assert.Contains(model.Graph.Node, n => n.OpType == "Conv");
    }

    [Fact]
    public void A_model_holds_the_networks_variables_as_they_are()
    {
        ModelProto model = Exported("csharp");
        Dictionary<string, TensorProto> constants = model.Graph.Initializer.ToDictionary(i => i.Name);
        Assert.All(constants.Values, c => Assert.Equal(TensorProto.Types.DataLocation.Default, c.DataLocation));
        NetworkState synthesis = PretrainedNetworks.LoadNetworks(null).Gs.Components["synthesis"];
        Assert.All(
            synthesis.Variables.Where(v => v.Name.EndsWith("/weight", StringComparison.Ordinal)),
            v => Assert.Equal(v.Value.tobytes(), constants[$"variable:{synthesis.Name}/{v.Name}"].RawData.ToByteArray()));
    }

    [Fact]
    public void A_model_is_the_same_whosever_kernels_run() => Assert.Equal(Exported("onnxruntime"), Exported("csharp"));

    private ModelProto Exported(string kernels)
    {
        string file = _folder.File($"{kernels}.onnx");
        NetworkExport.Run(new NetworkPart { Component = "synthesis" }, file, new TfConfig { Kernels = kernels });
        return ModelProto.Parser.ParseFrom(File.ReadAllBytes(file));
    }
}
