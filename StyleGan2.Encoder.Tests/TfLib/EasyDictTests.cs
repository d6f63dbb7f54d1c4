using Dnnlib;
using NumSharp;

namespace StyleGan2.Encoder.Tests.TfLib;

public sealed class EasyDictTests
{
    public static TheoryData<object?, object?> EqualValues => new()
    {
        { null, null },
        { 0.7, 0.7 },
        { double.NaN, double.NaN },
        { "skip", "skip" },
        { new[] { 1, 3, 3, 1 }, new List<object> { 1, 3, 3, 1 } },
        { new object?[] { null, "a", new[] { 1.5 } }, new object?[] { null, "a", new[] { 1.5 } } },
        { new EasyDict { ["a"] = 1, ["b"] = new[] { 2 } }, new EasyDict { ["b"] = new[] { 2 }, ["a"] = 1 } },
        { np.array(new[] { 1f, 2f }), np.array(new[] { 1f, 2f }) },
    };

    public static TheoryData<object?, object?> DifferentValues => new()
    {
        { null, 0 },
        { null, "None" },
        { 1, "1" },
        { 1, 1.0 },
        { 1, true },
        { "[1, 2]", new[] { 1, 2 } },
        { new[] { 1, 2 }, new[] { 1, 2, 3 } },
        { new[] { "1, 2" }, new[] { "1", "2" } },
        { new object[] { new[] { 1 }, 2 }, new object[] { 1, new[] { 2 } } },
        { new EasyDict { ["a"] = 1 }, new EasyDict { ["a"] = 2 } },
        { new EasyDict { ["a"] = 1 }, new EasyDict { ["b"] = 1 } },
        { np.array(new[] { 1f, 2f }), np.array(new[] { 1f, 3f }) },
        { np.array(new[] { 1f, 2f }), np.array(new[] { 1.0, 2.0 }) },
        { np.zeros(new Shape(2, 3), typeof(float)), np.zeros(new Shape(3, 2), typeof(float)) },
    };

    [Theory]
    [MemberData(nameof(EqualValues))]
    public void Settings_are_equal_where_what_they_hold_is(object? value, object? same)
    {
        EasyDict settings = new() { ["x"] = value, ["y"] = 1 }, other = new() { ["y"] = 1, ["x"] = same };
        Assert.True(settings.Equals(other));
        Assert.Equal(settings.GetHashCode(), other.GetHashCode());
    }

    [Theory]
    [MemberData(nameof(DifferentValues))]
    public void Settings_that_hold_something_else_differ(object? value, object? other)
    {
        Assert.False(new EasyDict { ["x"] = value }.Equals(new EasyDict { ["x"] = other }));
        Assert.False(new EasyDict { ["x"] = value }.Equals(new EasyDict { ["x"] = value, ["y"] = other }));
    }
}
