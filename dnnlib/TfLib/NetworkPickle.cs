using TensorGraph.Records;

namespace Dnnlib.TfLib;

/// <summary>Writes networks as the reference pickles them; files appear whole or not at all.</summary>
public static class NetworkPickle
{
    /// <summary>Writes three networks as the reference's <c>misc.save_pkl((G, D, Gs))</c> does.</summary>
    /// <param name="path">The file.</param>
    /// <param name="g">The generator as trained; null is written as None.</param>
    /// <param name="d">The discriminator; null is written as None.</param>
    /// <param name="gs">The generator's moving average; null is written as None.</param>
    /// <exception cref="NotSupportedException">A setting or a variable is of a kind that no pickle of networks holds.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, NetworkState? g, NetworkState? d, NetworkState? gs) =>
        WholeFile.Write(path, stream => NetworkStateWriter.Write(stream, [g, d, gs]));

    /// <summary>Writes one network alone, as the reference keeps its LPIPS.</summary>
    /// <inheritdoc cref="Save(string, NetworkState, NetworkState, NetworkState)"/>
    public static void Save(string path, NetworkState network)
    {
        ArgumentNullException.ThrowIfNull(network);
        WholeFile.Write(path, stream => NetworkStateWriter.Write(stream, network));
    }

    /// <summary>Writes one network alone, or several as a tuple.</summary>
    /// <param name="stream">Where they are written.</param>
    /// <param name="networks">The networks; null is written as None.</param>
    /// <exception cref="NotSupportedException">A setting or a variable is of a kind that no pickle of networks holds.</exception>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(Stream stream, IReadOnlyList<NetworkState?> networks)
    {
        if (networks is [{ } network])
        {
            NetworkStateWriter.Write(stream, network);
        }
        else
        {
            NetworkStateWriter.Write(stream, networks);
        }
    }
}
