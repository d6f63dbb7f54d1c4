using Mono.Cecil;
using TensorGraph.Graphs;
using TensorGraph.Runtime;

namespace StyleGan2.Encoder.Tests.Architecture;

public sealed class AmbientStateTests
{
    private const string Facade = "TensorGraph";
    private static readonly string[] s_ambient = [typeof(Graph).FullName!, typeof(Session).FullName!];

    [Fact]
    public void Only_the_tf_facade_reads_the_default_graph_and_session() =>
        Rule.AssertUnbroken(CompiledCode.Assemblies.SelectMany(CompiledCode.TypesOf).SelectMany(Reads));

    private static IEnumerable<string> Reads(TypeDefinition type)
    {
        TypeReference reader = CompiledCode.Outermost(type);
        return CompiledCode.CallsOf(type)
            .Where(call => call.Name == "get_Default" && s_ambient.Contains(call.DeclaringType.FullName) && reader.Namespace != Facade)
            .Select(call => $"{reader.FullName} reads {call.DeclaringType.Name}.Default");
    }
}
