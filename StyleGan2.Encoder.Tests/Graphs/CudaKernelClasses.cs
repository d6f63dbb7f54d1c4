using StyleGan2.Encoder.Tests.Architecture;
using TensorGraph.Graphs;

namespace StyleGan2.Encoder.Tests.Graphs;

/// <summary>
/// The kernel classes that the library of ONNX Runtime's CUDA provider names, as list_cuda_kernels.sh found them. They tell operators and,
/// where
/// a class is made for an element type, the type; they do not tell for which versions of an operator a class is registered.
/// </summary>
internal static class CudaKernelClasses
{
    /// <summary>The version of the package that the list was made from.</summary>
    internal const string Version = "1.31.0";

    private static readonly string[] s_classes = SourceTree.Lines($"StyleGan2.Encoder.Tests/Graphs/cuda-kernels-{Version}.txt");

    /// <summary>Classes that are not named as their operator.</summary>
    private static readonly Dictionary<string, (string Class, string Argument)> s_otherNames = new()
    {
        ["AveragePool"] = ("Pool", "AveragePool"),
        ["Identity"] = ("IdentityOp", "false"),
        ["Max"] = ("VariadicElementwiseOp", "variadic_elementwise_ops::Max"),
        ["MaxPool"] = ("Pool", "MaxPool<8>"),
        ["Min"] = ("VariadicElementwiseOp", "variadic_elementwise_ops::Min"),
    };

    private static readonly Dictionary<string, DataType> s_types = new()
    {
        ["float"] = DataType.Float32,
        ["double"] = DataType.Float64,
        ["int"] = DataType.Int32,
        ["long"] = DataType.Int64,
        ["unsigned char"] = DataType.UInt8,
        ["bool"] = DataType.Bool,
    };

    /// <summary>The arguments of each class of an operator; none where a class serves all element types.</summary>
    internal static IReadOnlyList<string[]> Of(string operatorType)
    {
        (string name, string argument) = s_otherNames.GetValueOrDefault(operatorType, (operatorType, ""));
        IEnumerable<string[]> arguments = s_classes.Where(c => c.Split('<')[0] == name).Select(Arguments);
        return [.. arguments.Where(a => argument.Length == 0 || a.Contains(argument))];
    }

    /// <summary>
    /// The element types that an operator's classes are made for; null where a class serves all that it is registered for.
    /// </summary>
    internal static IReadOnlySet<DataType>? TypesOf(string operatorType)
    {
        HashSet<DataType> types = [.. Of(operatorType).SelectMany(a => a).Where(s_types.ContainsKey).Select(a => s_types[a])];
        return types.Count > 0 ? types : null;
    }

    private static string[] Arguments(string line)
    {
        int start = line.IndexOf('<', StringComparison.Ordinal);
        return start < 0 ? [] : line[(start + 1)..^1].Split(", ");
    }
}
