using Dnnlib.Pickle;
using Dnnlib.Torch;
using NumSharp;
using TensorGraph.Numpy;

namespace Training.Networks.Import;

/// <summary>
/// An object of stylegan2-ada-pytorch's persistent classes, a <c>torch.nn.Module</c>: its attributes, tensors and inner modules, as its
/// pickle describes them.
/// </summary>
/// <param name="className">The name of its class, such as <c>Generator</c>.</param>
/// <param name="state">Its attributes.</param>
/// <param name="tensors">What recognises the file's tensors.</param>
/// <param name="path">What it is called, for errors.</param>
internal sealed class TorchModule(string className, PickleDict state, TorchTensors tensors, string path)
{
    private const int LongestName = 200;

    /// <summary>The name of its class, such as <c>Generator</c>.</summary>
    internal string ClassName => className;

    /// <summary>What it is called, for errors.</summary>
    internal string Path => path;

    /// <summary>The module that an object stands for.</summary>
    /// <param name="value">The object.</param>
    /// <param name="tensors">What recognises the file's tensors.</param>
    /// <param name="path">What it is called, for errors.</param>
    /// <exception cref="FormatException">It is no module of a persistent class.</exception>
    internal static TorchModule Read(object? value, TorchTensors tensors, string path) =>
        Is(value) && value is PickleObject { Arguments: object?[] { Length: 1 } parts }
        && parts[0] is PickleDict meta && IsName(meta.Find("class_name"), out string name) && meta.Find("state") is PickleDict attributes
            ? new TorchModule(name, attributes, tensors, path)
            : throw PlainValues.Unexpected(value, $"{path}, a module of stylegan2-ada-pytorch,");

    /// <summary>Whether an object is one of a persistent class.</summary>
    internal static bool Is(object? value) =>
        value is PickleObject { Callable: PickleGlobal { Module: "torch_utils.persistence", Name: "_reconstruct_persistent_obj" } };

    /// <summary>Whether it has an inner module of that name.</summary>
    internal bool HasChild(string name) => Entry("_modules", name) is not null;

    /// <summary>An inner module.</summary>
    /// <exception cref="FormatException">There is none of that name.</exception>
    internal TorchModule Child(string name) =>
        Read(Entry("_modules", name) ?? throw NoChild(name), tensors, $"{path}.{name}");

    /// <summary>Whether it has a tensor of that name.</summary>
    internal bool HasTensor(string name) => (Entry("_parameters", name) ?? Entry("_buffers", name)) is not null;

    /// <summary>A parameter or a buffer, as float32.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="rank">How many dimensions it must have.</param>
    /// <exception cref="FormatException">There is none of that name with so many dimensions.</exception>
    internal NDArray Tensor(string name, int rank)
    {
        object? value = Entry("_parameters", name) ?? Entry("_buffers", name);
        return tensors.Floats(value, $"tensor {path}.{name}", rank).ToNDArray().ContiguousAs(typeof(float));
    }

    /// <summary>An attribute that is a whole number.</summary>
    /// <exception cref="FormatException">There is none of that name.</exception>
    internal int Int(string name) =>
        Attribute(name) is long value and >= 0 and <= int.MaxValue ? (int)value : throw Missing(name, "a whole number");

    /// <summary>An attribute that is a number; null where it is None.</summary>
    /// <exception cref="FormatException">There is none of that name.</exception>
    internal double? Number(string name) => Attribute(name) switch
    {
        null => null,
        long value => value,
        double value => value,
        PickleArray { Shape.Count: 0, DType.TypeCode: not null } scalar => scalar.ToNDArray().astype(typeof(double)).GetDouble(),
        _ => throw Missing(name, "a number"),
    };

    /// <summary>An attribute that is a text.</summary>
    /// <exception cref="FormatException">There is none of that name.</exception>
    internal string Text(string name) => Attribute(name) as string ?? throw Missing(name, "a text");

    /// <summary>A whole number that it was made with; the class's default where it was left out.</summary>
    internal int Argument(string name, int missing) =>
        Entry("_init_kwargs", name) switch { null => missing, long value and >= 0 and <= int.MaxValue => (int)value,
            _ => throw Missing(name, "a whole number") };

    /// <summary>Whether a value is a name that errors can show.</summary>
    private static bool IsName(object? value, out string name)
    {
        name = value as string ?? "";
        return name.Length is > 0 and <= LongestName && !name.Any(char.IsControl);
    }

    private object? Attribute(string name) => state.TryGetValue(name, out object? value) ? value : throw Missing(name, "an attribute");

    private object? Entry(string dictionary, string name) => (state.Find(dictionary) as PickleDict)?.Find(name);

    private FormatException NoChild(string name) =>
        new($"{path} ({className}) has no {name}; only generators and discriminators of StyleGAN2 can be read");

    private FormatException Missing(string name, string kind) => new($"{path} ({className}) has no {name} that is {kind}");
}
