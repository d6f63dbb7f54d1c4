using static TensorGraph.Binding;

namespace TensorGraph.Graphs;

/// <content>Arithmetic operators; a plain number takes the element type of the tensor beside it.</content>
public sealed partial class Tensor
{
    /// <summary>Elementwise sum with broadcasting (<c>tf.add</c>).</summary>
    public static Tensor operator +(Tensor left, Tensor right) => tf.add(left, right);

    /// <inheritdoc cref="operator +(Tensor, Tensor)"/>
    public static Tensor operator +(Tensor left, double right) => tf.add(left, tf.scalar_like(right, left));

    /// <inheritdoc cref="operator +(Tensor, Tensor)"/>
    public static Tensor operator +(double left, Tensor right) => tf.add(tf.scalar_like(left, right), right);

    /// <summary>Elementwise difference with broadcasting (<c>tf.subtract</c>).</summary>
    public static Tensor operator -(Tensor left, Tensor right) => tf.subtract(left, right);

    /// <inheritdoc cref="operator -(Tensor, Tensor)"/>
    public static Tensor operator -(Tensor left, double right) => tf.subtract(left, tf.scalar_like(right, left));

    /// <inheritdoc cref="operator -(Tensor, Tensor)"/>
    public static Tensor operator -(double left, Tensor right) => tf.subtract(tf.scalar_like(left, right), right);

    /// <summary>Elementwise product with broadcasting (<c>tf.multiply</c>).</summary>
    public static Tensor operator *(Tensor left, Tensor right) => tf.multiply(left, right);

    /// <inheritdoc cref="operator *(Tensor, Tensor)"/>
    public static Tensor operator *(Tensor left, double right) => tf.multiply(left, tf.scalar_like(right, left));

    /// <inheritdoc cref="operator *(Tensor, Tensor)"/>
    public static Tensor operator *(double left, Tensor right) => tf.multiply(tf.scalar_like(left, right), right);

    /// <summary>Elementwise quotient with broadcasting (<c>tf.divide</c>).</summary>
    public static Tensor operator /(Tensor left, Tensor right) => tf.divide(left, right);

    /// <inheritdoc cref="operator /(Tensor, Tensor)"/>
    public static Tensor operator /(Tensor left, double right) => tf.divide(left, tf.scalar_like(right, left));

    /// <inheritdoc cref="operator /(Tensor, Tensor)"/>
    public static Tensor operator /(double left, Tensor right) => tf.divide(tf.scalar_like(left, right), right);

    /// <summary>Elementwise negation (<c>tf.negative</c>).</summary>
    public static Tensor operator -(Tensor value) => tf.negative(value);
}
