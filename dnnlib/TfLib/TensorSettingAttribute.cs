namespace Dnnlib.TfLib;

/// <summary>
/// Names a number among a build function's settings for which it takes a float32 scalar tensor too. Runs that differ in the number only
/// share one graph, which the number is fed to.
/// </summary>
/// <param name="name">The setting, such as <c>truncation_psi</c>.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class TensorSettingAttribute(string name) : Attribute
{
    /// <summary>The setting.</summary>
    public string Name { get; } = name;

    /// <summary>A number for which the build function makes another graph.</summary>
    public double Apart { get; init; } = double.NaN;
}
