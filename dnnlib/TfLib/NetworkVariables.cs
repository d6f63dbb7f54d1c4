using System.Numerics;
using System.Numerics.Tensors;
using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Numpy;

namespace Dnnlib.TfLib;

/// <summary>
/// Holds the variables in a network's file against those that its settings ask for, before memory is taken for any of them.
/// </summary>
internal static class NetworkVariables
{
    // So many values may be missing from any file: those of a network that has been added to since.
    private const long AlwaysMissing = 1 << 20;
    private const int MostNamed = 3;

    /// <summary>Checks that a file has the variables that a network is built with.</summary>
    /// <param name="state">What the file holds.</param>
    /// <param name="wanted">The network's own variables by local name.</param>
    /// <exception cref="FormatException">
    /// The file has a variable that the network does not have, or has with another shape; or lacks more than it could fill.
    /// </exception>
    internal static void Check(NetworkState state, IReadOnlyDictionary<string, Variable> wanted)
    {
        string builder = $"{state.BuildFuncName.Split('.')[^1]} with its settings";
        HashSet<string> missing = [.. wanted.Keys];
        foreach ((string name, NDArray value) in state.Variables)
        {
            if (!wanted.TryGetValue(name, out Variable? variable))
            {
                throw new FormatException($"its file has a variable {name}, which {builder} does not");
            }

            if (!variable.Shape.Select(d => (long)d).SequenceEqual(value.shape))
            {
                string shape = string.Join(", ", value.shape);
                throw new FormatException(
                    $"its file has variable {name} of shape [{shape}], which {builder} has of shape {variable.Shape}");
            }

            if (value.typecode is NPTypeCode.Complex or NPTypeCode.String or NPTypeCode.Char)
            {
                throw new FormatException($"its file has variable {name} of type {value.dtype.Name}; its values must be real numbers");
            }

            missing.Remove(name);
        }

        long held = state.Variables.Sum(v => v.Value.size), lacking = missing.Sum(n => wanted[n].Shape.Elements!.Value);
        if (lacking > held + AlwaysMissing)
        {
            throw new FormatException(
                $"{builder} has variables with {lacking:N0} values that its file, which has {held:N0}, does not have: "
                + Listed([.. missing]));
        }
    }

    /// <summary>A sentence about values that are NaN or infinite; null where all are finite.</summary>
    internal static string? NotFinite(NetworkState state)
    {
        string[] names = [.. state.Variables.Where(v => !IsFinite(v.Value)).Select(v => v.Name)];
        return names.Length == 0 ? null : $"some values of {Listed(names)} are NaN or infinite, and so will be what is computed with them";
    }

    private static string Listed(string[] names) =>
        string.Join(", ", names.Take(MostNamed)) + (names.Length > MostNamed ? $" and {names.Length - MostNamed} more" : "");

    private static bool IsFinite(NDArray value) => value.typecode switch
    {
        NPTypeCode.Single => IsFinite<float>(value),
        NPTypeCode.Double => IsFinite<double>(value),
        NPTypeCode.Half => IsFinite<Half>(value),
        _ => true,
    };

    private static bool IsFinite<T>(NDArray value)
        where T : unmanaged, INumberBase<T>
    {
        NDArray contiguous = value.Contiguous();
        bool isFinite = contiguous.size == 0 || TensorPrimitives.IsFiniteAll<T>(contiguous.AsSpan<T>());
        GC.KeepAlive(contiguous);
        return isFinite;
    }
}
