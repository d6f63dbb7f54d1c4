using NumSharp;
using TensorGraph.Data;
using TensorGraph.Data.Elements;
using TensorGraph.Numpy;

namespace StyleGan2.Encoder.Tests.Infrastructure;

/// <summary>Datasets of whole numbers, and what comes out of pipelines over them.</summary>
internal static class Numbers
{
    /// <summary>The numbers from 0 to n - 1 as int64 scalars.</summary>
    internal static Dataset Range(long n) => Of([.. Enumerable.Range(0, (int)n).Select(i => (long)i)]);

    internal static Dataset Of(params long[] values) => Dataset.FromTensorSlices(values.ToNDArray(values.Length));

    /// <summary>The first component of each element, its numbers in order.</summary>
    internal static long[][] Elements(IEnumerable<NDArray[]> elements) => [.. elements.Select(e => e[0].Values<long>())];

    /// <summary>The first component of each element, all numbers one after the other.</summary>
    internal static long[] Flat(IEnumerable<NDArray[]> elements) => [.. Elements(elements).SelectMany(e => e)];

    /// <summary>A function of a number as one of an element.</summary>
    internal static Func<NDArray[], NDArray[]> Function(Func<long, long> function) =>
        e => [NDArray.Scalar(function(e[0].GetAtIndex<long>(0)))];

    /// <summary>Everything that an enumeration gives or throws, asking until it ends.</summary>
    internal static List<string> Outcomes(IEnumerator<NDArray[]> elements, int most = 100)
    {
        List<string> outcomes = [];
        while (outcomes.Count < most)
        {
            try
            {
                if (!elements.MoveNext())
                {
                    break;
                }

                outcomes.Add(string.Join(" ", elements.Current[0].Values<long>()));
            }
            catch (ElementException e)
            {
                outcomes.Add(e.Message);
            }
        }

        return outcomes;
    }
}
