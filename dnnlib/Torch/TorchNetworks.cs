using Dnnlib.Pickle;
using Dnnlib.TfLib;

namespace Dnnlib.Torch;

/// <summary>Reads the networks of stylegan2-ada-pytorch's pickles: a dictionary with <c>G</c>, <c>D</c> and <c>G_ema</c> of persistent classes.</summary>
internal static class TorchNetworks
{
    private const string Average = "G_ema";

    /// <summary>Whether a pickle's content is such a dictionary.</summary>
    internal static bool Are(object? content) => content is PickleDict dict && dict.TryGetValue(Average, out _);

    /// <summary>The states of G, D and Gs as TensorFlow's networks; those that the file leaves out are null.</summary>
    /// <param name="content">What the pickle holds.</param>
    /// <param name="path">Its file, for errors.</param>
    /// <exception cref="FormatException">They are not StyleGAN2's networks.</exception>
    /// <exception cref="InvalidDataException">A tensor in it is damaged.</exception>
    internal static NetworkState?[] Read(PickleDict content, string path)
    {
        TorchTensors tensors = new(null, path);
        return [Find("G", "Generator", TorchGenerator.Read, "G"), Find("D", "Discriminator", TorchDiscriminator.Read, "D"), Find(Average, "Generator", TorchGenerator.Read, "Gs")];

        NetworkState? Find(string key, string className, Func<TorchModule, string, NetworkState> read, string name)
        {
            if (!content.TryGetValue(key, out object? value) || value is null)
            {
                return null;
            }

            TorchModule module = TorchModule.Read(value, tensors, key);
            return module.ClassName == className ? read(module, name) : throw new FormatException($"{key} is of class {module.ClassName} where {className} is expected");
        }
    }
}
