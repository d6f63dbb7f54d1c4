using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using DatasetTool.CommandLine;
using StyleGan2.Encoder.Networks;

namespace StyleGan2.Encoder.Commands;

/// <summary>Arguments and flags that say which network, or which component of it, is meant, and with which settings.</summary>
internal static class NetworkPartSettings
{
    private static readonly Option<string> s_net =
        new Option<string>("--net") { Description = "The network: G, D or Gs", DefaultValueFactory = _ => "Gs" }
            .AcceptOnlyFromAmong("G", "D", "Gs");

    private static readonly Option<string?> s_component =
        new Option<string?>("--component") { Description = "A component of the generator: mapping or synthesis (default: the whole)" }
            .AcceptOnlyFromAmong("mapping", "synthesis");

    private static readonly Option<double?> s_psi =
        NumberOption.Optional<double>("--truncation-psi", "Truncation psi (default: the network's own)");
    private static readonly Option<int?> s_cutoff =
        NumberOption.Optional<int>("--truncation-cutoff", "First layer that is not truncated (default: the network's own)", least: 0);

    private static readonly Option<(string Name, object Value)[]> s_changes = new("--set")
    {
        Description = "Give a variable that is a number, or a setting, this value: --set lod=1.3",
        HelpName = "NAME=VALUE",
        CustomParser = result => [.. result.Tokens.Select(t => Change(t.Value, result))],
        DefaultValueFactory = _ => [],
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    internal static Argument<string?> Network { get; } =
        new("network") { Description = "Network pickle filename (default: the bundled network)", Arity = ArgumentArity.ZeroOrOne };

    internal static Command WithNetworkPart(this Command command)
    {
        command.Add(s_net);
        command.Add(s_component);
        command.Add(s_psi);
        command.Add(s_cutoff);
        command.Add(s_changes);
        return command.WithRuntimeSettings();
    }

    internal static NetworkPart Read(ParseResult result, string? networkPkl) => new()
    {
        NetworkPkl = networkPkl,
        Net = result.GetRequiredValue(s_net),
        Component = result.GetValue(s_component),
        TruncationPsi = result.GetValue(s_psi),
        TruncationCutoff = result.GetValue(s_cutoff),
        Changes = result.GetRequiredValue(s_changes),
    };

    private static (string Name, object Value) Change(string text, ArgumentResult result)
    {
        string[] parts = text.Split('=', 2);
        if (parts is not [{ Length: > 0 } name, { Length: > 0 } value])
        {
            result.AddError($"--set is {text}; it must be a name and a value such as lod=1.3");
            return default;
        }

        return (name, Value(value));
    }

    private static object Value(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? number
            : bool.TryParse(text, out bool flag) ? flag : text;
}
