using System.Globalization;
using System.Reflection;
using TensorGraph;
using TensorGraph.Graphs;

namespace StyleGan2.Encoder.Tests.Graphs;

/// <summary>The facade's members are TensorFlow 1's, see <see cref="TensorFlowSignatures"/>.</summary>
public sealed class FacadeTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    public static TheoryData<string> Functions =>
        [.. TensorFlowSignatures.All.Where(s => s.Value != TensorFlowSignatures.Constant).Select(s => s.Key)];

    [Fact]
    public void Every_member_of_the_facade_stands_for_one_of_TensorFlow() => Assert.Equal(
        TensorFlowSignatures.All.Keys.Order(StringComparer.Ordinal),
        Members().Select(m => m.Name).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Constants_are_constants_and_functions_are_functions() => Assert.All(
        Members(),
        m => Assert.Equal(TensorFlowSignatures.All[m.Name] == TensorFlowSignatures.Constant, m.Member is FieldInfo { IsLiteral: true }));

    [Theory]
    [MemberData(nameof(Functions))]
    public void Parameters_have_TensorFlows_names_order_and_defaults(string function)
    {
        string[] parameters = TensorFlowSignatures.All[function].Split(", ", StringSplitOptions.RemoveEmptyEntries);
        (string Name, string? Default)[] expected = [.. parameters.Select(Parameter)];
        foreach (MethodInfo method in Members().Where(m => m.Name == function).Select(m => m.Member).Cast<MethodInfo>())
        {
            ParameterInfo[] actual = method.GetParameters();
            string[] names = [.. actual.Select(p => p.Name!)];
            Assert.Equal(names, expected.Select(e => e.Name).Where(names.Contains));
            Assert.Empty(expected.Where(e => e.Default is null).Select(e => e.Name).Except(names));
            Assert.All(
                actual.Where(p => p.HasDefaultValue), p => AssertDefault(expected.First(e => e.Name == p.Name).Default, p.DefaultValue));
        }
    }

    private static (string Name, string? Default) Parameter(string text) =>
        text.Split('=') is [string name, string value] ? (name, value) : (text, null);

    /// <summary>Where TensorFlow has None, or C# null, the function itself chooses.</summary>
    private static void AssertDefault(string? expected, object? actual)
    {
        Assert.NotNull(expected);
        if (expected != "None" && actual is not null)
        {
            bool isNumber = double.TryParse(expected, CultureInfo.InvariantCulture, out double number);
            Assert.Equal(isNumber ? Python(number) : expected, Python(actual));
        }
    }

    private static string Python(object value) => value switch
    {
        string text => $"'{text}'",
        DataType dtype => $"tf.{dtype.ToString().ToLowerInvariant()}",
        IConvertible number => Convert.ToDouble(number, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static IEnumerable<(string Name, MemberInfo Member)> Members() => Members(typeof(Binding.tf), "tf");

    private static IEnumerable<(string Name, MemberInfo Member)> Members(Type type, string path) => type.GetMembers(Declared).SelectMany(
        m => m is Type nested ? Members(nested, $"{path}.{m.Name}") : [($"{path}.{m.Name}", m)]);
}
