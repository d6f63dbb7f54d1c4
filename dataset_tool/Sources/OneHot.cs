using NumSharp;
using TensorGraph.Numpy;

namespace DatasetTool.Sources;

/// <summary>Labels with a component for each class, 1 for the class of the image and 0 for the others.</summary>
internal static class OneHot
{
    /// <summary>float32 [classes.Length, largest class + 1].</summary>
    internal static NDArray Encode(int[] classes) => Encode(classes, classes.Max() + 1);

    /// <summary>float32 [classes.Length, components].</summary>
    internal static NDArray Encode(int[] classes, int components)
    {
        float[] labels = new float[classes.Length * components];
        for (int i = 0; i < classes.Length; i++)
        {
            labels[(i * components) + classes[i]] = 1;
        }

        return labels.ToNDArray(classes.Length, components);
    }
}
