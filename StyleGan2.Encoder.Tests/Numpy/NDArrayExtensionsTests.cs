using NumSharp;
using TensorGraph.Numpy;

namespace StyleGan2.Encoder.Tests.Numpy;

public sealed class NDArrayExtensionsTests
{
    private static readonly NDArray s_matrix = np.array(new float[,] { { 0, 1, 2 }, { 3, 4, 5 } });

    [Fact]
    public void A_transposed_array_is_copied_into_row_major_order() => Assert.Equal([0f, 3f, 1f, 4f, 2f, 5f], s_matrix.T.Values<float>());

    [Fact]
    public void A_slice_is_copied_into_memory_of_its_own()
    {
        NDArray column = s_matrix[":, 1:2"].Contiguous();
        Assert.Equal([1f, 4f], column.AsSpan<float>().ToArray());
        column.AsSpan<float>()[0] = 9;
        Assert.Equal(1f, s_matrix.Values<float>()[1]);
        GC.KeepAlive(column);
    }

    [Fact]
    public void Rows_are_copied_to_their_place()
    {
        NDArray all = np.zeros(new Shape(3, 3), typeof(float));
        s_matrix[":, ::-1"].CopyToRows(all, 1);
        Assert.Equal([0f, 0, 0, 2, 1, 0, 5, 4, 3], all.Values<float>());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void Rows_that_do_not_fit_are_refused(long first)
    {
        NDArray all = np.zeros(new Shape(3, 3), typeof(float));
        Assert.Throws<ArgumentException>(() => s_matrix.CopyToRows(all, first));
        Assert.Equal(new float[9], all.Values<float>());
    }
}
