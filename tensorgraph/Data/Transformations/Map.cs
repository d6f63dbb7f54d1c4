using NumSharp;
using TensorGraph.Data.Elements;
using TensorGraph.Graphs;

namespace TensorGraph.Data.Transformations;

/// <summary>A function of each element, in the order of the elements however many are worked on at once.</summary>
/// <remarks>
/// With several calls at once the function runs on the thread pool for elements not yet asked for. What it throws is thrown, as an <see
/// cref="ElementException"/> with the
/// element's index in this pass, where that element is asked for; the next request goes on with the next element.
/// </remarks>
internal sealed class Map(
    ElementSource source, Func<NDArray[], NDArray[]> function, IReadOnlyList<(DataType, TensorShape)> output, int parallelCalls)
    : ElementSource(output, source)
{
    internal override ElementStream Open(PipelineContext context)
    {
        ElementStream elements = Sources[0].Open(context);
        long next = 0;
        return new MadeElements(elements, BeginNext, ahead: parallelCalls - 1, parallelCalls, context);

        Func<Component[]>? BeginNext()
        {
            Component[] element = new Component[Sources[0].Spec.Count];
            if (!elements.MoveNext(element))
            {
                return null;
            }

            long index = next++;
            return () => Apply(element, index);
        }
    }

    private Component[] Apply(Component[] element, long index)
    {
        try
        {
            NDArray[] results = function([.. element.Select(c => c.ToNDArray())]);
            Component[] components = [.. results.Select(ArrayStorage.Whole)];
            return components.Length == Spec.Count && components.Zip(Spec).All(p => Fits(p.First, p.Second))
                ? components
                : throw new InvalidOperationException(
                    $"map declares {Describe(Spec)}; its function made {Describe(components.Select(c => (c.DType, c.KnownShape)))}");
        }
        catch (Exception e)
        {
            throw new ElementException("map", index, e);
        }
    }

    private static bool Fits(in Component component, (DataType DType, TensorShape Shape) declared) =>
        component.DType == declared.DType && component.KnownShape.IsCompatibleWith(declared.Shape);
}
