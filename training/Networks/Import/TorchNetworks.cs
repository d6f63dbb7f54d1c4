using Dnnlib;
using Dnnlib.Pickle;
using Dnnlib.TfLib;
using Dnnlib.Torch;

namespace Training.Networks.Import;

/// <summary>
/// The networks of stylegan2-ada-pytorch's pickles: a dictionary with <c>G</c>, <c>D</c> and <c>G_ema</c> of persistent classes.
/// </summary>
internal static class TorchNetworks
{
    private const string Average = "G_ema";

    /// <summary>Whether a pickle's content is such a dictionary.</summary>
    internal static bool Are(PickleDict content) => content.TryGetValue(Average, out _);

    /// <summary>A network without components.</summary>
    /// <param name="isAda">Whether its build function is StyleGAN2-ADA's, not StyleGAN2's.</param>
    /// <param name="name">Its name.</param>
    /// <param name="function">The build function's name in its module.</param>
    /// <param name="kwargs">Its settings.</param>
    /// <param name="variables">Its variables.</param>
    internal static NetworkState State(bool isAda, string name, string function, EasyDict kwargs, TorchVariables variables)
    {
        string module = isAda ? "training.networks" : "training.networks_stylegan2";
        return new NetworkState(
            isAda ? 5 : 4, name, kwargs, new OrderedDictionary<string, NetworkState>(), "", $"{module}.{function}", variables.All);
    }

    /// <summary>Reads one of the networks as TensorFlow's; null where the file leaves it out.</summary>
    /// <param name="content">What the pickle holds.</param>
    /// <param name="tensors">What recognises the file's tensors.</param>
    /// <param name="name">The network: G, D or Gs.</param>
    /// <exception cref="FormatException">It is not StyleGAN2's network.</exception>
    /// <exception cref="InvalidDataException">A tensor in it is damaged.</exception>
    internal static NetworkState? Read(PickleDict content, TorchTensors tensors, string name)
    {
        string key = name == "Gs" ? Average : name, className = name == "D" ? "Discriminator" : "Generator";
        if (!content.TryGetValue(key, out object? value) || value is null)
        {
            return null;
        }

        TorchModule module = TorchModule.Read(value, tensors, key);
        return module.ClassName != className
            ? throw new FormatException($"{key} is of class {module.ClassName} where {className} is expected")
            : name == "D" ? TorchDiscriminator.Read(module, name) : TorchGenerator.Read(module, name);
    }
}
