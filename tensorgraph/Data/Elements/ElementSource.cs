using TensorGraph.Graphs;

namespace TensorGraph.Data.Elements;

/// <summary>Gives elements, pass after pass: a reader, or a transformation of other sources.</summary>
/// <param name="spec">Element type and static shape of each component.</param>
/// <param name="sources">The sources that this one takes elements of.</param>
internal abstract class ElementSource(IReadOnlyList<(DataType DType, TensorShape Shape)> spec, params ElementSource[] sources)
{
    /// <summary>Element type and static shape of each component, -1 where a dimension varies.</summary>
    internal IReadOnlyList<(DataType DType, TensorShape Shape)> Spec { get; } = spec;

    /// <summary>The tensors whose values are taken when the initializer runs.</summary>
    internal IEnumerable<Tensor> Inputs => OwnInputs.Concat(Sources.SelectMany(s => s.Inputs)).Distinct();

    protected IReadOnlyList<ElementSource> Sources { get; } = sources;

    protected virtual IEnumerable<Tensor> OwnInputs => [];

    /// <summary>Begins a pass.</summary>
    internal abstract ElementStream Open(PipelineContext context);

    /// <summary>Begins a pass for a consumer that makes something of several elements and can make it ahead.</summary>
    /// <returns>The elements, none of them made ahead, and how many of them the consumer is to have made ahead.</returns>
    internal virtual (ElementStream Elements, long Ahead) OpenForMakingAhead(PipelineContext context) => (Open(context), 0);

    /// <summary>A specification in the words of errors.</summary>
    internal static string Describe(IEnumerable<(DataType DType, TensorShape Shape)> spec) =>
        string.Join(", ", spec.Select(s => $"{s.DType} {s.Shape}"));
}
