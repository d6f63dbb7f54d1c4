using Dnnlib.Pickle;
using Dnnlib.Torch;
using NumSharp;
using TensorGraph.Numpy;

namespace Training.Networks.Import;

/// <summary>A <c>state_dict()</c> in a file of PyTorch's: tensors by name.</summary>
/// <param name="dict">The dictionary.</param>
/// <param name="tensors">What recognises the file's tensors.</param>
/// <param name="path">What it is called, for errors.</param>
/// <param name="prefix">What names begin with.</param>
internal sealed class TorchStateDict(PickleDict dict, TorchTensors tensors, string path, string prefix = "")
{
    /// <summary>Whether it has a tensor of that name.</summary>
    internal bool Has(string name) => dict.TryGetValue(prefix + name, out _);

    /// <summary>How many tensors there are of names that are numbered from a number on.</summary>
    internal int Count(Func<int, string> name, int first = 0)
    {
        int number = first;
        while (Has(name(number)))
        {
            number++;
        }

        return number - first;
    }

    /// <summary>The shape of a tensor.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="rank">How many dimensions it must have.</param>
    /// <exception cref="FormatException">There is none of that name with so many dimensions.</exception>
    internal IReadOnlyList<long> Shape(string name, int rank) => Find(name, rank).Shape;

    /// <summary>A tensor, as float32.</summary>
    /// <inheritdoc cref="Shape"/>
    internal NDArray Tensor(string name, int rank) => Find(name, rank).ToNDArray().ContiguousAs(typeof(float));

    private TorchTensor Find(string name, int rank) => tensors.Floats(
        dict.TryGetValue(prefix + name, out object? found) ? found : throw new FormatException($"{path} has no {name}"),
        $"tensor {name} of {path}",
        rank);
}
