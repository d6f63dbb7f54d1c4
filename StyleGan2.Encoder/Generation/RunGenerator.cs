using Dnnlib;
using Dnnlib.TfLib;
using NumSharp;
using StyleGan2.Encoder.Networks;
using TensorGraph.Numpy;
using Training;

namespace StyleGan2.Encoder.Generation;

/// <summary>Generates images from seeds (Python's <c>run_generator.py</c>).</summary>
public sealed class RunGenerator : IDisposable
{
    private const int MinibatchSize = 4;

    private static readonly (double, double) s_levels = (0, 255);

    private readonly NetworkSession _opened;
    private readonly TextWriter _output;

    /// <summary>Loads the generator.</summary>
    /// <param name="networkPkl">Network file; null for the bundled network.</param>
    /// <param name="config">Seeds, device and threads.</param>
    /// <param name="output">Receives progress, in the reference's lines.</param>
    /// <exception cref="InvalidDataException">It is no file of networks, or damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="NotSupportedException">The device asked for is not there.</exception>
    public RunGenerator(string? networkPkl, TfConfig config, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        _output = output;
        _output.WriteLine($"Loading networks from \"{networkPkl ?? PretrainedNetworks.Bundled}\"...");
        _opened = new NetworkSession(PretrainedNetworks.LoadNetworks(networkPkl).Gs, config);
    }

    private Network Gs => _opened.Network;

    /// <summary>Saves the image of each seed as <c>seedNNNN.png</c> (<c>generate_images</c>).</summary>
    /// <param name="seeds">Seeds of latents and noise maps.</param>
    /// <param name="truncationPsi">How far W is drawn towards its mean; null for the network's own.</param>
    /// <param name="folder">Where the images go.</param>
    /// <param name="cancellationToken">Stops between two images.</param>
    /// <exception cref="IOException">An image cannot be written.</exception>
    public void GenerateImages(IReadOnlyList<uint> seeds, double? truncationPsi, string folder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(seeds);
        SeededImages images = new(Gs);
        foreach ((int index, uint seed) in seeds.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            _output.WriteLine($"Generating image for seed {seed} ({index}/{seeds.Count}) ...");
            Misc.SaveImageGrid(images.Make(seed, truncationPsi, new ImageConversion()), Path.Combine(folder, $"seed{seed:D4}.png"), s_levels);
        }
    }

    /// <summary>
    /// Saves the image of each seed as <c>SEED-SEED.png</c>, that of each row seed with some layers' W of each column seed as
    /// <c>ROW-COL.png</c>, and all in <c>grid.png</c>
    /// (<c>style_mixing_example</c>).
    /// </summary>
    /// <param name="rowSeeds">Seeds that give most of W.</param>
    /// <param name="colSeeds">Seeds that give the W of <paramref name="colStyles"/>.</param>
    /// <param name="truncationPsi">How far W is drawn towards its mean.</param>
    /// <param name="colStyles">The layers that come from the column's seed.</param>
    /// <param name="folder">Where the images go.</param>
    /// <param name="cancellationToken">Stops between two images.</param>
    /// <exception cref="ArgumentException">The network has no such layer.</exception>
    /// <exception cref="IOException">An image cannot be written.</exception>
    public void StyleMixingExample(
        IReadOnlyList<uint> rowSeeds,
        IReadOnlyList<uint> colSeeds,
        double truncationPsi,
        IReadOnlyList<int> colStyles,
        string folder,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rowSeeds);
        ArgumentNullException.ThrowIfNull(colSeeds);
        CheckLayers(colStyles);
        _output.WriteLine("Generating W vectors...");
        uint[] seeds = [.. rowSeeds.Concat(colSeeds).Distinct()];
        NDArray dlatents = TruncatedDlatents(seeds, truncationPsi);
        Dictionary<uint, NDArray> ofSeeds = seeds.Index().ToDictionary(s => s.Item, s => dlatents[$"{s.Index}:{s.Index + 1}"].Contiguous());

        _output.WriteLine("Generating images...");
        NDArray images = Synthesize(dlatents);
        Dictionary<(uint Row, uint Col), NDArray> made = seeds.Index().ToDictionary(s => (s.Item, s.Item), s => images[s.Index]);

        _output.WriteLine("Generating style-mixed images...");
        foreach ((uint row, uint col) in rowSeeds.SelectMany(row => colSeeds.Select(col => (row, col))))
        {
            cancellationToken.ThrowIfCancellationRequested();
            made[(row, col)] = Synthesize(Mixed(ofSeeds[row], ofSeeds[col], colStyles))[0];
        }

        _output.WriteLine("Saving images...");
        foreach (((uint row, uint col), NDArray image) in made)
        {
            Misc.SaveImageGrid(np.stack([image]), Path.Combine(folder, $"{row}-{col}.png"), s_levels);
        }

        _output.WriteLine("Saving image grid...");
        SaveGrid(rowSeeds, colSeeds, made, Path.Combine(folder, "grid.png"));
    }

    /// <inheritdoc/>
    public void Dispose() => _opened.Dispose();

    private void CheckLayers(IReadOnlyList<int> layers)
    {
        int count = Gs.Components["synthesis"].InputShapes[0][1];
        foreach (int layer in layers.Where(l => l < 0 || l >= count))
        {
            throw new ArgumentException($"there is no layer {layer} to mix: the network's layers are 0 to {count - 1}; give others with --col-styles");
        }
    }

    private NDArray TruncatedDlatents(uint[] seeds, double psi)
    {
        NDArray latents = np.concatenate([.. seeds.Select(s => new RandomState(s).Randn(1, Gs.InputShapes[0][1]))], 0);
        NDArray dlatents = Gs.Components["mapping"].Run([latents, null])[0];
        float[] average = Gs.GetVar("dlatent_avg").Values<float>();
        float[] values = dlatents.Values<float>();
        for (int i = 0; i < values.Length; i++)
        {
            float mean = average[i % average.Length];
            float truncated = (values[i] - mean) * (float)psi;
            values[i] = mean + truncated;
        }

        return values.ToNDArray(dlatents.shape);
    }

    private NDArray Synthesize(NDArray dlatents) => Gs.Components["synthesis"].Run(
        [dlatents],
        new NetworkRunOptions { MinibatchSize = MinibatchSize, OutputTransform = new ImageConversion() },
        new EasyDict { ["randomize_noise"] = false })[0];

    private static NDArray Mixed(NDArray row, NDArray col, IReadOnlyList<int> colStyles)
    {
        NDArray mixed = np.copy(row);
        int size = (int)row.shape[2];
        foreach (int layer in colStyles)
        {
            col.AsSpan<float>().Slice(layer * size, size).CopyTo(mixed.AsSpan<float>()[(layer * size)..]);
        }

        GC.KeepAlive(col);
        return mixed;
    }

    /// <summary>The columns' images on top, the rows' at the left, the mixed ones inside; the corner is black.</summary>
    private static void SaveGrid(IReadOnlyList<uint> rowSeeds, IReadOnlyList<uint> colSeeds, Dictionary<(uint Row, uint Col), NDArray> made, string path)
    {
        NDArray black = np.zeros_like(made.Values.First());
        IEnumerable<NDArray> top = colSeeds.Select(col => made[(col, col)]).Prepend(black);
        IEnumerable<NDArray> rows = rowSeeds.SelectMany(row => colSeeds.Select(col => made[(row, col)]).Prepend(made[(row, row)]));
        Misc.SaveImageGrid(np.stack([.. top, .. rows]), path, s_levels, (colSeeds.Count + 1, rowSeeds.Count + 1));
    }
}
