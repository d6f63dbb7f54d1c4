using Training.Networks;

namespace StyleGan2.Encoder.Networks;

/// <summary>Network files (Python's <c>pretrained_networks</c>).</summary>
public static class PretrainedNetworks
{
    /// <summary>The bundled network: drawn avatar portraits of 128 x 128 pixels.</summary>
    public static string Bundled { get; } = Path.Combine(AppContext.BaseDirectory, "networks", "avatars128.pkl");

    /// <summary>Reads the networks of a file (<c>load_networks</c>).</summary>
    /// <param name="path">The file; null for <see cref="Bundled"/>.</param>
    /// <exception cref="InvalidDataException">It is no file of networks, or damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static NetworkFile LoadNetworks(string? path) => NetworkFile.Load(path ?? Bundled);
}
