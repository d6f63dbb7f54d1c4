using Dnnlib;
using Dnnlib.Pickle;
using Dnnlib.TfLib;
using Dnnlib.Torch;
using NumSharp;

namespace Training.Networks.Import;

/// <summary>Finds networks in what files of PyTorch hold, to be read as the reference's when they are asked for.</summary>
internal static class TorchNetworks
{
    /// <summary>What is read, for errors about other files.</summary>
    internal const string WhatIsRead =
        "networks are read from snapshots and generators of stylegan2-ada-pytorch and from checkpoints of rosinality's stylegan2-pytorch "
            + "(with g_ema)";

    /// <summary>The networks in the content of a file; null where it has none of a known kind.</summary>
    /// <param name="content">What the file holds.</param>
    /// <param name="tensors">What recognises the file's tensors.</param>
    /// <returns>
    /// Three (G, D and Gs) or one, each to be read: FormatException means that it is no network of StyleGAN2, InvalidDataException that it
    /// is damaged.
    /// </returns>
    internal static IReadOnlyList<Func<NetworkState?>>? Find(object? content, TorchTensors tensors)
    {
        if (content is PickleDict dict)
        {
            return dict.TryGetValue("G_ema", out _) ? [Module(dict, "G", "G"), Module(dict, "D", "D"), Module(dict, "G_ema", "Gs")]
                : dict.TryGetValue(
                    "g_ema", out _) ? [Checkpoint(dict, "g", "G"), Checkpoint(dict, "d", "D"), Checkpoint(dict, "g_ema", "Gs")]
                : RosinalityCheckpoint.IsGenerator(dict) ? [Generator(dict, new TorchStateDict(dict, tensors, "it"), "Gs")]
                : Decoder(dict);
        }

        return TorchModule.Is(content) ? [() => Read(TorchModule.Read(content, tensors, "the network"), "Gs")] : null;

        Func<NetworkState?> Module(PickleDict from, string key, string name) =>
            () => from.Find(key) is { } value ? Read(TorchModule.Read(value, tensors, key), name) : null;

        Func<NetworkState?> Checkpoint(PickleDict from, string key, string name) => () =>
        {
            object? value = from.Find(key);
            if (value is null)
            {
                return null;
            }

            TorchStateDict state =
                new(value as PickleDict ?? throw PlainValues.Unexpected(value, $"{key}, a dictionary of tensors,"), tensors, key);
            return name == "D" ? RosinalityCheckpoint.ReadDiscriminator(state, name) : Generator(from, state, name)();
        };

        Func<NetworkState?> Generator(PickleDict from, TorchStateDict state, string name) =>
            () => RosinalityCheckpoint.ReadGenerator(state, tensors.Find(from.Find("latent_avg")), name);

        // Encoders such as pSp keep the generator as their decoder.
        IReadOnlyList<Func<NetworkState?>>? Decoder(PickleDict from) =>
            from.Find("state_dict") is PickleDict state && RosinalityCheckpoint.IsGenerator(state, "decoder.")
                ? [Generator(from, new TorchStateDict(state, tensors, "its decoder", "decoder."), "Gs")]
                : null;
    }

    /// <summary>A network without components.</summary>
    /// <param name="isAda">Whether its build function is StyleGAN2-ADA's, not StyleGAN2's.</param>
    /// <param name="name">Its name.</param>
    /// <param name="function">The build function's name in its module.</param>
    /// <param name="kwargs">Its settings.</param>
    /// <param name="variables">Its variables.</param>
    internal static NetworkState State(
        bool isAda, string name, string function, EasyDict kwargs, IReadOnlyList<(string, NDArray)> variables)
    {
        string module = isAda ? "training.networks" : "training.networks_stylegan2";
        return new NetworkState(
            isAda ? 5 : 4, name, kwargs, new OrderedDictionary<string, NetworkState>(), "", $"{module}.{function}", variables);
    }

    private static NetworkState Read(TorchModule module, string name)
    {
        string wanted = name == "D" ? "Discriminator" : "Generator";
        return module.ClassName != wanted
            ? throw new FormatException($"{module.Path} is of class {module.ClassName} where {wanted} is expected")
            : name == "D" ? TorchDiscriminator.Read(module, name) : TorchGenerator.Read(module, name);
    }
}
