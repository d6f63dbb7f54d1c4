using TensorGraph.Graphs;
using static TensorGraph.Binding;

namespace Dnnlib.TfLib;

/// <summary>Linear interpolation (<c>dnnlib.tflib.tfutil</c>), rounded as the reference rounds it: a + (b - a) * t.</summary>
public static class Interpolation
{
    /// <summary>a where t is 0, b where t is 1 (<c>tflib.lerp</c>).</summary>
    public static Tensor Lerp(Tensor a, Tensor b, Tensor t)
    {
        using NameScope scope = tf.name_scope("Lerp");
        return a + ((b - a) * t);
    }

    /// <summary>As <see cref="Lerp"/>, t first limited to [0, 1] (<c>tflib.lerp_clip</c>).</summary>
    public static Tensor LerpClip(Tensor a, Tensor b, Tensor t)
    {
        using NameScope scope = tf.name_scope("LerpClip");
        return a + ((b - a) * tf.clip_by_value(t, 0, 1));
    }
}
