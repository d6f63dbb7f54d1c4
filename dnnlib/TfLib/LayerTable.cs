using System.Globalization;
using TensorGraph.Graphs;

namespace Dnnlib.TfLib;

/// <summary>Writes a network's layers as the reference's table: name, parameters, shape of the output, shape of the weight.</summary>
internal static class LayerTable
{
    private const string None = "-";

    internal static void Write(TextWriter output, string title, IReadOnlyList<NetworkLayer> layers, bool hideLayersWithNoParams)
    {
        string[] rule = [.. Enumerable.Repeat("---", 4)];
        string[][] rows =
        [
            [title, "Params", "OutputShape", "WeightShape"],
            rule,
            .. layers.Where(l => l.Params > 0 || !hideLayersWithNoParams).Select(Row),
            rule,
            ["Total", Number(layers.Sum(l => l.Params)), "", ""],
        ];
        int[] widths = [.. Enumerable.Range(0, rule.Length).Select(c => rows.Max(r => r[c].Length))];
        output.WriteLine();
        foreach (string[] row in rows)
        {
            output.WriteLine(string.Join("  ", row.Zip(widths, (cell, width) => cell.PadRight(width))));
        }

        output.WriteLine();
    }

    private static string[] Row(NetworkLayer layer) =>
    [
        layer.Name,
        layer.Params > 0 ? Number(layer.Params) : None,
        Tuple(layer.OutputShape),
        layer.WeightShape is { } shape ? Tuple(shape) : None,
    ];

    /// <summary>A shape as Python's TensorFlow 1 shows it: (?, 512), (512,), ().</summary>
    private static string Tuple(TensorShape shape) =>
        $"({string.Join(", ", shape.Select(d => d < 0 ? "?" : Number(d)))}{(shape.Rank == 1 ? "," : "")})";

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
