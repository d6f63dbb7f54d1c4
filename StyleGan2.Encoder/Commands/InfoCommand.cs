using System.Collections;
using System.CommandLine;
using System.Globalization;
using DatasetTool.CommandLine;
using Dnnlib;
using Dnnlib.Pickle;
using Dnnlib.TfLib;
using NumSharp;
using StyleGan2.Encoder.Networks;
using Training.Networks;

namespace StyleGan2.Encoder.Commands;

/// <summary>
/// <c>info</c> on the command line: what is in a file of networks. Networks that this program cannot build are described too.
/// </summary>
internal static class InfoCommand
{
    private static readonly Option<bool> s_all = new("--all") { Description = "Show every setting and every variable" };

    private static readonly Option<bool> s_devices =
        new("--devices") { Description = "Show which devices can run networks here, instead of a network" };

    private const int LongestValue = 400;

    private static readonly string[] s_names = ["G", "D", "Gs"];

    internal static Command Define() =>
        new Command("info", "Show what is in a network pickle, or what can run networks") { NetworkPartSettings.Network, s_all, s_devices }
            .WithExample("Describe the bundled network", "stylegan2-encoder info")
            .WithExample("List every variable of a network", "stylegan2-encoder info ffhq.pkl --all")
            .WithExample("Show whether a GPU can be used", "stylegan2-encoder info --devices")
            .Doing((result, _) =>
        {
            if (result.GetValue(s_devices))
            {
                Console.WriteLine(string.Join('\n', Devices.Describe()));
                return;
            }

            string file = result.GetValue(NetworkPartSettings.Network) ?? PretrainedNetworks.Bundled;
            bool all = result.GetValue(s_all);
            NetworkFile networks = NetworkFile.Load(file);
            Console.WriteLine($"{file}: {(networks.Count == 1 ? "one network" : $"{networks.Count} networks")}");
            for (int i = 0; i < networks.Count; i++)
            {
                Console.WriteLine();
                Show(networks, i, networks.Count == 1 ? "" : $"{s_names[i]}: ", all);
            }

            if (!all)
            {
                Console.WriteLine("\n--all shows every setting and every variable");
            }
        });

    /// <summary>Shows a network, or why it cannot be read: the others of its file are not affected.</summary>
    private static void Show(NetworkFile networks, int index, string position, bool all)
    {
        try
        {
            Show(networks[index], position, all);
        }
        catch (InvalidDataException e)
        {
            Console.WriteLine($"{position}{e.Message}");
        }
    }

    private static void Show(NetworkState? network, string position, bool all)
    {
        if (network is null)
        {
            Console.WriteLine($"{position}none");
            return;
        }

        Console.WriteLine($"{position}{Describe(network)}");
        if (all)
        {
            ShowSettings(network, "");
            ShowTable(
            [
                ("Variable", "Shape", "Type", "Values"),
                .. Variables(network, "").Select(v => (v.Name, Shape(v.Value), v.Value.dtype.Name, Count(v.Value.size))),
            ]);
            return;
        }

        Console.WriteLine($"  {string.Join(", ", network.StaticKwargs.Select(Setting))}");
        foreach ((string name, NetworkState component) in network.Components)
        {
            Console.WriteLine($"  {name}: {Describe(component)}");
        }
    }

    private static string Describe(NetworkState network)
    {
        NDArray[] values = [.. Variables(network, "").Select(v => v.Value)];
        return $"{network.Name}, built by {Function(network)}, {values.Length} variables with {Count(values.Sum(v => v.size))} values";
    }

    private static void ShowSettings(NetworkState network, string indent)
    {
        foreach (KeyValuePair<string, object?> setting in network.StaticKwargs)
        {
            Console.WriteLine($"{indent}  {Setting(setting)}");
        }

        foreach ((string name, NetworkState component) in network.Components)
        {
            Console.WriteLine($"{indent}  {name}: {Describe(component)}");
            ShowSettings(component, indent + "  ");
        }
    }

    private static void ShowTable((string Name, string Shape, string Type, string Values)[] rows)
    {
        int name = rows.Max(r => r.Name.Length), shape = rows.Max(r => r.Shape.Length), type = rows.Max(r => r.Type.Length),
            values = rows.Max(r => r.Values.Length);
        foreach ((string Name, string Shape, string Type, string Values) row in rows)
        {
            Console.WriteLine(
                $"  {row.Name.PadRight(name)}  {row.Shape.PadRight(shape)}  {row.Type.PadRight(type)}  {row.Values.PadLeft(values)}");
        }
    }

    private static IEnumerable<(string Name, NDArray Value)> Variables(NetworkState network, string scope) =>
        network.Variables.Select(v => (scope + v.Name, v.Value))
            .Concat(network.Components.Values.SelectMany(c => Variables(c, $"{scope}{c.Name}/")));

    private static string Setting(KeyValuePair<string, object?> setting) =>
        $"{PlainValues.OnOneLine(setting.Key)} = {PlainValues.OnOneLine(Text(setting.Value), LongestValue)}";

    /// <summary>The build function's name without its module, as pickles have it.</summary>
    private static string Function(NetworkState network) => network.BuildFuncName.Split('.')[^1];

    private static string Shape(NDArray value) => $"[{string.Join(", ", value.shape)}]";

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Text(object? value) => value switch
    {
        null => "None",
        string text => $"'{text}'",
        EasyDict settings => settings.ToString(),
        IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(Text))}]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
