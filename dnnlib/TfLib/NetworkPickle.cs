using TensorGraph.Records;

namespace Dnnlib.TfLib;

/// <summary>Writes networks as the reference pickles them; files appear whole or not at all.</summary>
public static class NetworkPickle
{
    /// <summary>
    /// Writes three networks as the reference's <c>misc.save_pkl((G, D, Gs))</c> does, or one alone, as the reference keeps its LPIPS.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="networks">The networks; null is written as None.</param>
    /// <exception cref="NotSupportedException">A setting or a variable is of a kind that no pickle of networks holds.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, params IReadOnlyList<NetworkState?> networks) =>
        WholeFile.Write(path, stream => Write(stream, networks));

    /// <summary>Writes one network alone, or several as a tuple.</summary>
    /// <param name="stream">Where they are written.</param>
    /// <param name="networks">The networks; null is written as None.</param>
    /// <exception cref="NotSupportedException">A setting or a variable is of a kind that no pickle of networks holds.</exception>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(Stream stream, IReadOnlyList<NetworkState?> networks) => new NetworkStateWriter(stream).Write(networks);
}
