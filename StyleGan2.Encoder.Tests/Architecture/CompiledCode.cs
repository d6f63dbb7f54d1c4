using Mono.Cecil;
using Mono.Cecil.Cil;

namespace StyleGan2.Encoder.Tests.Architecture;

/// <summary>What types and methods the program's assemblies use, read from their IL.</summary>
internal static class CompiledCode
{
    /// <summary>The names of the program's own assemblies.</summary>
    internal static IReadOnlyList<string> Assemblies { get; } =
        ["TensorGraph", "Imaging", "Dnnlib", "Training", "dataset_tool", "StyleGan2.Encoder"];

    /// <summary>Every type of an assembly, those within types too.</summary>
    internal static IEnumerable<TypeDefinition> TypesOf(string assembly) =>
        ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll")).GetTypes();

    /// <summary>The type that a file is named after: of a type within others the outermost.</summary>
    internal static TypeReference Outermost(TypeReference type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    /// <summary>The methods that a type's own methods call.</summary>
    internal static IEnumerable<MethodReference> CallsOf(TypeDefinition type) => Operands(type).OfType<MethodReference>();

    /// <summary>The types that a type names in its declaration, its members and their code; constants leave no trace in IL.</summary>
    internal static IEnumerable<TypeReference> TypesUsedBy(TypeDefinition type) => Named(type).SelectMany(Parts);

    private static IEnumerable<TypeReference?> Named(TypeDefinition type) =>
    [
        type.BaseType,
        .. type.Interfaces.Select(i => i.InterfaceType),
        .. type.CustomAttributes.Select(a => a.AttributeType),
        .. type.Fields.Select(f => f.FieldType),
        .. type.Methods.SelectMany(Signature),
        .. type.Methods.Where(m => m.HasBody).SelectMany(m => m.Body.Variables.Select(v => v.VariableType)),
        .. Operands(type).SelectMany(NamedByOperand),
    ];

    private static IEnumerable<object> Operands(TypeDefinition type) =>
        type.Methods.Where(m => m.HasBody)
            .SelectMany(m => m.Body.Instructions)
            .Select(i => i.Operand)
            .Where(o => o is not null and not Instruction);

    private static IEnumerable<TypeReference?> NamedByOperand(object operand) => operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        GenericInstanceMethod method => [.. method.GenericArguments, .. Signature(method.ElementMethod)],
        MethodReference method => Signature(method),
        _ => [],
    };

    private static IEnumerable<TypeReference?> Signature(MethodReference method) =>
        [method.DeclaringType, method.ReturnType, .. method.Parameters.Select(p => p.ParameterType)];

    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Parts)],
        TypeSpecification specification => Parts(specification.ElementType),
        _ => [type],
    };
}
