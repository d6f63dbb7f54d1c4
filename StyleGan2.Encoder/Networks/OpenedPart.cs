using System.Globalization;
using Dnnlib;
using Dnnlib.TfLib;
using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Runtime;
using Training.Networks;

namespace StyleGan2.Encoder.Networks;

/// <summary>A <see cref="NetworkPart"/> in a session of its own, ready to be run.</summary>
internal sealed class OpenedPart : IDisposable
{
    private const string InputSuffix = "_in";

    private static readonly string[] s_settings = ["fused_modconv", "randomize_noise", "structure"];

    private readonly NetworkPart _part;
    private readonly NetworkSession _opened;

    /// <summary>Loads the part and makes its changes.</summary>
    /// <exception cref="InvalidDataException">It is no file of networks, is damaged, or has no such network or component.</exception>
    /// <exception cref="ArgumentException">The part cannot be truncated, or has nothing of a changed name.</exception>
    internal OpenedPart(NetworkPart part, TfConfig config)
    {
        _part = part;
        _opened = new NetworkSession(Find(part), config);
        Network = part.Component is { } component ? _opened.Network.Components[component] : _opened.Network;
        OutputName = Component == "mapping" ? "dlatents" : InputNames[0] == "images" ? "scores" : "images";
        if (OutputName == "images")
        {
            Kwargs["randomize_noise"] = false;
        }

        Truncate();
        foreach ((string name, object value) in part.Changes)
        {
            Change(name, value);
        }
    }

    internal Session Session => _opened.Session;

    /// <summary>The network, or the component.</summary>
    internal Network Network { get; }

    /// <summary>Settings of a run; noise is the network's own.</summary>
    internal EasyDict Kwargs { get; } = [];

    /// <summary>Names of the inputs: <c>latents</c>, <c>labels</c>, <c>dlatents</c>, <c>images</c>.</summary>
    internal IReadOnlyList<string> InputNames =>
        [.. Network.InputNames.Select(n => n.EndsWith(InputSuffix, StringComparison.Ordinal) ? n[..^InputSuffix.Length] : n)];

    /// <summary>The output's name: <c>dlatents</c>, <c>images</c> or <c>scores</c>.</summary>
    internal string OutputName { get; }

    private string File => _part.NetworkPkl ?? PretrainedNetworks.Bundled;

    private string? Component => _part.Component;

    /// <summary>Takes the noise maps of a file instead of the network's own.</summary>
    /// <exception cref="ArgumentException">The network has no noise maps.</exception>
    /// <exception cref="InvalidDataException">The file does not hold the network's noise maps.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal void UseNoise(string file)
    {
        if (OutputName != "images")
        {
            throw new ArgumentException($"{File}: {Component ?? _part.Net} has no noise maps; leave out --noise");
        }

        SettableNoises noises = new(_opened.Network);
        noises.Set(NoiseFile.Load(file, noises.Variables));
    }

    public void Dispose() => _opened.Dispose();

    private static NetworkState Find(NetworkPart part)
    {
        NetworkFile networks = PretrainedNetworks.LoadNetworks(part.NetworkPkl);
        NetworkState network = part.Net switch
        {
            "G" => networks.G,
            "D" => networks.D,
            "Gs" => networks.Gs,
            _ => throw new ArgumentException($"there is no network {part.Net}; a file has G, D and Gs"),
        };
        return part.Component is null || network.Components.ContainsKey(part.Component)
            ? network
            : throw new InvalidDataException(
                $"{part.NetworkPkl ?? PretrainedNetworks.Bundled}: its network {part.Net} has no component {part.Component}; "
                + "generators have mapping and synthesis");
    }

    private void Truncate()
    {
        if (_part.TruncationPsi is null && _part.TruncationCutoff is null)
        {
            return;
        }

        if (Component is not null || OutputName != "images")
        {
            throw new ArgumentException($"{File}: {Component ?? _part.Net} does not truncate; only a whole generator, G or Gs, does");
        }

        if (_part.TruncationPsi is { } psi)
        {
            Kwargs["truncation_psi"] = psi;
        }

        if (_part.TruncationCutoff is { } cutoff)
        {
            Kwargs["truncation_cutoff"] = cutoff;
        }
    }

    /// <summary>
    /// Gives variables of that name, the network's own and its components', a value; where there are none, a setting of the run.
    /// </summary>
    private void Change(string name, object value)
    {
        Variable[] variables =
        [
            .. Network.Vars.Where(v => v.Value.Shape.Rank == 0 && $"/{v.Key}".EndsWith($"/{name}", StringComparison.Ordinal))
                .Select(v => v.Value),
        ];
        if (variables.Length == 0 && !s_settings.Contains(name))
        {
            throw new ArgumentException(
                $"{File}: {Component ?? _part.Net} has no variable {name} that is a number; "
                + $"settings that can be set are {string.Join(", ", s_settings)}");
        }

        if (variables.Length == 0)
        {
            Kwargs[name] = value;
            return;
        }

        NDArray number = value is double given
            ? NDArray.Scalar((float)given)
            : throw new ArgumentException($"{name} is {Convert.ToString(value, CultureInfo.InvariantCulture)}; it must be a number");
        Array.ForEach(variables, v => Session.Load(v, number));
    }
}
