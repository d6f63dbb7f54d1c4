using System.Numerics;
using System.Numerics.Tensors;
using Dnnlib.Pickle;
using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Numpy;

namespace Dnnlib.TfLib;

/// <summary>
/// Holds the variables that a network's settings ask for against those in its file: each one before it is made, and all of them before
/// memory is taken for any.
/// </summary>
internal sealed class NetworkVariables
{
    internal const int MostNamed = 3;

    private readonly string _builder;
    private readonly MissingVariables _missing;
    private readonly Dictionary<string, NDArray> _unclaimed;

    /// <summary>Looks at the variables in a network's file.</summary>
    /// <param name="state">What the file holds.</param>
    /// <param name="missing">What the network and its components may lack.</param>
    /// <exception cref="FormatException">A variable's values are no real numbers.</exception>
    internal NetworkVariables(NetworkState state, MissingVariables missing)
    {
        _builder = $"{state.BuildFuncName.Split('.')[^1]} with its settings";
        _missing = missing;
        _unclaimed = state.Variables.ToDictionary(v => v.Name, v => v.Value);
        foreach ((string name, NDArray value) in state.Variables)
        {
            if (value.typecode is NPTypeCode.Complex or NPTypeCode.String or NPTypeCode.Char)
            {
                throw new FormatException($"its file has variable {name} of type {value.dtype.Name}; its values must be real numbers");
            }
        }
    }

    /// <summary>Checks a variable that the network is about to make.</summary>
    /// <param name="name">Its local name.</param>
    /// <param name="shape">Its shape.</param>
    /// <exception cref="FormatException">The file has it with another shape, or lacks too much.</exception>
    internal void Claim(string name, TensorShape shape)
    {
        if (!_unclaimed.Remove(name, out NDArray? value))
        {
            _missing.Add(name, shape, _builder);
        }
        else if (!shape.Select(d => (long)d).SequenceEqual(value.shape))
        {
            throw new FormatException(
                $"its file has variable {name} of shape [{string.Join(", ", value.shape)}], which {_builder} has of shape {shape}");
        }
    }

    /// <summary>Checks that the network has made a variable of each in the file.</summary>
    /// <exception cref="FormatException">It has not.</exception>
    internal void CheckAllClaimed()
    {
        if (_unclaimed.Count > 0)
        {
            throw new FormatException($"its file has a variable {_unclaimed.Keys.First()}, which {_builder} does not");
        }
    }

    /// <summary>A sentence about values that are NaN or infinite; null where all are finite.</summary>
    internal static string? NotFinite(NetworkState state)
    {
        string[] names = [.. state.Variables.Where(v => !IsFinite(v.Value)).Select(v => v.Name)];
        return names.Length == 0
            ? null
            : $"some values of {PlainValues.Listed(names, MostNamed)} are NaN or infinite, and so will be what is computed with them";
    }

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
