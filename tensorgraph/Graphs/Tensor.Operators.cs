namespace TensorGraph.Graphs;

/// <content>Arithmetic operators; a plain number takes the element type of the tensor beside it.</content>
public sealed partial class Tensor
{
    /// <summary>Elementwise sum with broadcasting (<c>tf.add</c>).</summary>
    public static Tensor operator +(Tensor left, Tensor right) => Emit.Binary("Add", left, right);

    /// <inheritdoc cref="operator +(Tensor, Tensor)"/>
    public static Tensor operator +(Tensor left, double right) => left + Emit.ScalarLike(right, left);

    /// <inheritdoc cref="operator +(Tensor, Tensor)"/>
    public static Tensor operator +(double left, Tensor right) => Emit.ScalarLike(left, right) + right;

    /// <summary>Elementwise difference with broadcasting (<c>tf.subtract</c>).</summary>
    public static Tensor operator -(Tensor left, Tensor right) => Emit.Binary("Sub", left, right);

    /// <inheritdoc cref="operator -(Tensor, Tensor)"/>
    public static Tensor operator -(Tensor left, double right) => left - Emit.ScalarLike(right, left);

    /// <inheritdoc cref="operator -(Tensor, Tensor)"/>
    public static Tensor operator -(double left, Tensor right) => Emit.ScalarLike(left, right) - right;

    /// <summary>Elementwise product with broadcasting (<c>tf.multiply</c>).</summary>
    public static Tensor operator *(Tensor left, Tensor right) => Emit.Binary("Mul", left, right);

    /// <inheritdoc cref="operator *(Tensor, Tensor)"/>
    public static Tensor operator *(Tensor left, double right) => left * Emit.ScalarLike(right, left);

    /// <inheritdoc cref="operator *(Tensor, Tensor)"/>
    public static Tensor operator *(double left, Tensor right) => Emit.ScalarLike(left, right) * right;

    /// <summary>Elementwise quotient with broadcasting, of whole numbers too a floating one (<c>tf.divide</c>).</summary>
    public static Tensor operator /(Tensor left, Tensor right) => Emit.Divide(left, right);

    /// <inheritdoc cref="operator /(Tensor, Tensor)"/>
    public static Tensor operator /(Tensor left, double right) => left / Emit.ScalarLike(right, left);

    /// <inheritdoc cref="operator /(Tensor, Tensor)"/>
    public static Tensor operator /(double left, Tensor right) => Emit.ScalarLike(left, right) / right;

    /// <summary>Elementwise negation (<c>tf.negative</c>).</summary>
    public static Tensor operator -(Tensor value) => Emit.Unary("Neg", value);
}
