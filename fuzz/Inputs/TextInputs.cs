using System.Text;

namespace Fuzz.Inputs;

/// <summary>Labels in JSON and CSV, and seeds in JSON, that are damaged or nest.</summary>
internal static class TextInputs
{
    private const string Labels = """{"labels": [["a.png", 0], ["b.png", 1]]}""";
    private const string Seeds = """{"noise_init": [[1, 2], [3, 4], [5, 6], [7, 8], [9, 10]], "dlatents_noise": [1, 2]}""";

    internal static IEnumerable<HostileInput> All(int each)
    {
        byte[] picture = Samples.Golden("pictures", "rgb.png");
        foreach ((string name, Func<byte[]> content) in Damage.Of(Encoding.UTF8.GetBytes(Labels), (each + 1) / 2).Concat(Json()))
        {
            yield return Pictures("labels json", name, "labels.json", content);
        }

        foreach ((string name, Func<byte[]> content) in Damage.Of("a.png,0\nb.png,1\n"u8.ToArray(), (each + 1) / 2).Concat(Csv()))
        {
            yield return Pictures("labels csv", name, "labels.csv", content);
        }

        foreach ((string name, Func<byte[]> content) in Damage.Of(Encoding.UTF8.GetBytes(Seeds), (each + 3) / 4).Concat(Json()))
        {
            yield return new HostileInput("seeds json", name, "StyleGan2.Encoder",
                ["project_images", "{in}/pictures", "{out}/projected", "--network-pkl", "{in}/network.pkl", "--num-steps", "1",
                    "--convert", "rgb", "--tmp-dir", "{out}/tmp", "--op-seeds", "{in}/seeds.json"],
                ("seeds.json", content), ("pictures/a.ppm", () => [.. "P6 16 16 255\n"u8, .. new byte[3 * 16 * 16]]),
                ("network.pkl", () => Samples.Golden("cases", "ada-tensorflow", "same_weights_as_stylegan2.pkl")));
        }

        HostileInput Pictures(string kind, string name, string file, Func<byte[]> content) => new(kind, name, "dataset_tool",
            ["create_from_images", "{out}/made", "{in}/pictures", "--convert", "rgb", "--resize", "16", "--labels", $"{{in}}/{file}"],
            (file, content), ("pictures/a.png", () => picture), ("pictures/b.png", () => picture));
    }

    private static IEnumerable<(string Name, Func<byte[]> Content)> Json()
    {
        yield return ("arrays-in-arrays", () => Encoding.ASCII.GetBytes(new string('[', 1_000_000)));
        yield return ("labels-of-arrays", () => Encoding.ASCII.GetBytes(
            $$"""{"labels": {{new string('[', 50)}}{{new string(']', 50)}}}"""));
        yield return ("no-labels", () => "{\"labels\": null}"u8.ToArray());
        yield return ("class-of-1e18", () => """{"labels": [["a.png", 1000000000000000000], ["b.png", 0]]}"""u8.ToArray());
        yield return ("class-of-1e9", () => """{"labels": [["a.png", 1000000000], ["b.png", 0]]}"""u8.ToArray());
        yield return ("class-of-1e400", () => """{"labels": [["a.png", 1e400], ["b.png", 0]]}"""u8.ToArray());
        yield return ("class-below-0", () => """{"labels": [["a.png", -1], ["b.png", 0]]}"""u8.ToArray());
        yield return ("values-of-two-lengths", () => """{"labels": [["a.png", [1, 2]], ["b.png", [1]]]}"""u8.ToArray());
        yield return ("the-same-name-often", () => Encoding.ASCII.GetBytes(
            $$"""{"labels": [{{string.Join(',', Enumerable.Repeat("[\"a.png\", 1]", 10_000))}}]}"""));
        yield return ("text-without-end", () => Encoding.ASCII.GetBytes("{\"labels\": \"" + new string('x', 1_000_000)));
    }

    private static IEnumerable<(string Name, Func<byte[]> Content)> Csv()
    {
        yield return ("class-of-1e9", () => "a.png,1000000000\nb.png,0\n"u8.ToArray());
        yield return ("class-of-1e18", () => "a.png,1000000000000000000\nb.png,0\n"u8.ToArray());
        yield return ("quotes-without-end", () => Encoding.ASCII.GetBytes("\"" + new string('x', 1_000_000)));
        yield return ("line-of-a-million-values", () => Encoding.ASCII.GetBytes("a.png" + string.Concat(Enumerable.Repeat(",1", 500_000))));
        yield return ("zeros", () => new byte[100_000]);
        yield return ("not-numbers", () => "a.png,nan\nb.png,inf\n"u8.ToArray());
    }
}
