using Dnnlib.TfLib;
using Imaging;
using Imaging.Decoding;
using NumSharp;
using StyleGan2.Encoder.Projection;
using TensorGraph.Numpy;
using Training;

namespace Samples.Library;

/// <summary>Finds the dlatents of one picture and saves them with the picture found.</summary>
public static class ProjectOnePicture
{
    /// <summary>Projects a picture of 128 x 128 pixels with the bundled network; <c>networkPkl</c> takes a network of your own.</summary>
    public static void Run(
        string pictureFile, string resultName, ProjectorOptions options, IProgress<ProjectionStep> progress, CancellationToken cancellation)
    {
        using ProjectionSession session = new(networkPkl: null, vgg16Pkl: null, options, new TfConfig());
        using Picture picture = ImageDecoder.Decode(pictureFile);
        NDArray levels = picture.Pixels.ToNDArray(1, picture.Channels, picture.Height, picture.Width);

        NDArray target = Misc.AdjustDynamicRange(levels, (0, 255), (-1, 1));    // float32 [1, 3, 128, 128]
        session.Projector.Run(target, progress, cancellation);                  // stops between two steps

        Misc.SaveImageGrid(session.Projector.GetImages(), $"{resultName}.png", (-1, 1));
        np.save($"{resultName}.npy", session.Projector.GetDlatents()[0]);       // float32 [12, 64]
    }
}
