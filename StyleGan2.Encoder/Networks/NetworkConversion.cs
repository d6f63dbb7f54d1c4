using Dnnlib.TfLib;
using TensorGraph.Records;
using Training.Networks;
using Training.Networks.Import;

namespace StyleGan2.Encoder.Networks;

/// <summary>Converts files of networks, the core of the command <c>convert IN OUT</c>.</summary>
/// <remarks>
/// Networks of stylegan2-ada-pytorch become TensorFlow's, with the same images: StyleGAN2's, or StyleGAN2-ADA's where they have labels.
/// Python's StyleGAN2 ignores their <c>conv_clamp</c>.
/// </remarks>
public static class NetworkConversion
{
    private const string Pickle = ".pkl", Arrays = ".npz", Torch = ".pt";

    /// <summary>Writes the networks of one file as another, which appears whole or not at all.</summary>
    /// <param name="input">Any file that <see cref="NetworkFile.Load(string)"/> reads.</param>
    /// <param name="output">
    /// What is written goes by the extension: .pkl is a pickle as TensorFlow's StyleGAN2 writes it, with settings and program text carried
    /// over; .npz has every variable by its full name, such as <c>Gs/G_synthesis/4x4/Conv/weight</c> (see <see cref="NetworkArrays"/>);
    /// .pt is a checkpoint of rosinality's stylegan2-pytorch with Gs as <c>g_ema</c>, and <c>latent_avg</c>.
    /// </param>
    /// <exception cref="ArgumentException">The output has another extension.</exception>
    /// <exception cref="InvalidDataException">The input is no file of networks, or is damaged.</exception>
    /// <exception cref="NotSupportedException">The output cannot hold such networks.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static void Convert(string input, string output)
    {
        ArgumentNullException.ThrowIfNull(output);
        string extension = Path.GetExtension(output).ToLowerInvariant();
        if (extension is not (Pickle or Arrays or Torch))
        {
            throw new ArgumentException(
                $"{output}: the name of the output must end in {Pickle}, {Arrays} or {Torch}, which says what is written");
        }

        NetworkFile networks = NetworkFile.Load(input);
        switch (extension)
        {
            case Torch:
                RosinalityWriter.Save(output, networks.Gs);
                break;
            case Arrays:
                NetworkArrays.Save(output, networks.Networks);
                break;
            default:
                WholeFile.Write(output, stream => NetworkPickle.Write(stream, networks.Networks));
                break;
        }
    }
}
