using Dnnlib.TfLib;

namespace StyleGan2.Encoder.Tests.Networks;

public sealed class LayerTableTests
{
    /// <summary>What the reference prints for the discriminator of config-f.</summary>
    private const string DiscriminatorTable = """

        D                    Params  OutputShape      WeightShape   
        ---                  ---     ---              ---           
        images_in            -       (?, 3, 32, 32)   -             
        labels_in            -       (?, 0)           -             
        32x32/FromRGB        64      (?, 16, 32, 32)  (1, 1, 3, 16) 
        32x32/Conv0          2320    (?, 16, 32, 32)  (3, 3, 16, 16)
        32x32/Conv1_down     2320    (?, 16, 16, 16)  (3, 3, 16, 16)
        32x32/Skip           256     (?, 16, 16, 16)  (1, 1, 16, 16)
        16x16/Conv0          2320    (?, 16, 16, 16)  (3, 3, 16, 16)
        16x16/Conv1_down     2320    (?, 16, 8, 8)    (3, 3, 16, 16)
        16x16/Skip           256     (?, 16, 8, 8)    (1, 1, 16, 16)
        8x8/Conv0            2320    (?, 16, 8, 8)    (3, 3, 16, 16)
        8x8/Conv1_down       2320    (?, 16, 4, 4)    (3, 3, 16, 16)
        8x8/Skip             256     (?, 16, 4, 4)    (1, 1, 16, 16)
        4x4/MinibatchStddev  -       (?, 17, 4, 4)    -             
        4x4/Conv             2464    (?, 16, 4, 4)    (3, 3, 17, 16)
        4x4/Dense0           4112    (?, 16)          (256, 16)     
        Output               17      (?, 1)           (16, 1)       
        scores_out           -       (?, 1)           -             
        ---                  ---     ---              ---           
        Total                21345                                  


        """;

    [Fact]
    public void The_table_of_a_discriminator_is_the_references()
    {
        using GoldenNetwork golden = new("config-f");
        Assert.Equal(DiscriminatorTable, Printed(golden.D));
    }

    [Fact]
    public void The_layers_of_a_generator_are_listed_with_those_of_its_components()
    {
        using GoldenNetwork golden = new("config-f");
        IReadOnlyList<NetworkLayer> layers = golden.Gs.ListLayers();
        string[] expected =
        [
            "latents_in", "labels_in", "lod", "dlatent_avg", "G_mapping/latents_in", "G_mapping/labels_in", "G_mapping/Normalize",
            "G_mapping/Dense0", "G_mapping/Dense1", "G_mapping/Dense2", "G_mapping/Broadcast", "G_mapping/dlatents_out", "Truncation/Lerp",
            "G_synthesis/dlatents_in", "G_synthesis/4x4/Const", "G_synthesis/4x4/Conv", "G_synthesis/4x4/ToRGB",
        ];
        Assert.Equal(expected, layers.Take(expected.Length).Select(l => l.Name));
        Assert.Equal("images_out", layers[^1].Name);
        Assert.Equal(golden.Gs.Trainables.Values,
            layers.SelectMany(l => l.Trainables).OrderBy(v => golden.Gs.Trainables.Values.ToList().IndexOf(v)));
    }

    [Fact]
    public void Layers_without_parameters_can_be_left_out()
    {
        using GoldenNetwork golden = new("config-f");
        using StringWriter text = new() { NewLine = "\n" };
        golden.D.PrintLayers(text, "Discriminator", hideLayersWithNoParams: true);
        string[] lines = text.ToString().Split('\n');
        Assert.StartsWith("Discriminator", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("32x32/FromRGB", lines[3], StringComparison.Ordinal);
        Assert.DoesNotContain(lines, l => l.StartsWith("scores_out", StringComparison.Ordinal));
    }

    private static string Printed(Network network)
    {
        using StringWriter text = new() { NewLine = "\n" };
        network.PrintLayers(text);
        return text.ToString();
    }
}
