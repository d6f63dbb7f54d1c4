using Dnnlib.TfLib;
using NumSharp;
using StyleGan2.Encoder.Networks;
using StyleGan2.Encoder.Results;

namespace StyleGan2.Encoder.Generation;

/// <summary>Generates images from seeds (Python's <c>run_generator.py</c>).</summary>
internal sealed class RunGenerator : IDisposable
{
    private readonly NetworkSession _opened;
    private readonly IRunProgress _progress;

    /// <summary>Loads the generator.</summary>
    /// <param name="networkPkl">Network file; null for the bundled network.</param>
    /// <param name="config">Seeds, device and threads.</param>
    /// <param name="progress">Receives progress, with the reference's lines.</param>
    /// <exception cref="InvalidDataException">It is no file of networks, or damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="NotSupportedException">The device asked for is not there.</exception>
    internal RunGenerator(string? networkPkl, TfConfig config, IRunProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        _progress = progress;
        _progress.Note($"Loading networks from \"{networkPkl ?? PretrainedNetworks.Bundled}\"...");
        _opened = new NetworkSession(PretrainedNetworks.LoadNetworks(networkPkl).Gs, config);
    }

    private Network Gs => _opened.Network;

    /// <summary>Saves the image of each seed as <c>seedNNNN.png</c> (<c>generate_images</c>).</summary>
    /// <param name="seeds">Seeds of latents and noise maps.</param>
    /// <param name="truncationPsi">How far W is drawn towards its mean; null for the network's own.</param>
    /// <param name="folder">Where the images go; those that a run that is continued has made are passed over.</param>
    /// <param name="cancellationToken">Stops between two images.</param>
    /// <exception cref="ArgumentOutOfRangeException">The truncation is not a finite number.</exception>
    /// <exception cref="IOException">An image cannot be written.</exception>
    internal void GenerateImages(
        IReadOnlyList<uint> seeds, double? truncationPsi, RunFolder folder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(seeds);
        ArgumentNullException.ThrowIfNull(folder);
        SeededImages images = new(Gs);
        _progress.Begin("Generating images", seeds.Count);
        foreach ((int index, uint seed) in seeds.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            string name = $"seed{seed:D4}.png";
            if (!folder.Has(name))
            {
                _progress.Announce($"Generating image for seed {seed} ({index}/{seeds.Count}) ...");
                folder.Write(name, images.Make(seed, truncationPsi, new ImageConversion()), (0, 255));
                folder.Record(name);
            }

            _progress.Step();
        }
    }

    /// <summary>
    /// Saves the image of each seed as <c>SEED-SEED.png</c>, that of each row seed with some layers' W of each column seed as
    /// <c>ROW-COL.png</c>, and all in <c>grid.png</c> (<c>style_mixing_example</c>).
    /// </summary>
    /// <param name="rowSeeds">Seeds that give most of W.</param>
    /// <param name="colSeeds">Seeds that give the W of <paramref name="colStyles"/>.</param>
    /// <param name="truncationPsi">How far W is drawn towards its mean.</param>
    /// <param name="colStyles">The layers that come from the column's seed.</param>
    /// <param name="folder">Where the images go; those that a run that is continued has made are passed over.</param>
    /// <param name="cancellationToken">Stops between two images.</param>
    /// <exception cref="ArgumentException">The network has no such layer.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The truncation is not a finite number.</exception>
    /// <exception cref="IOException">An image cannot be written.</exception>
    internal void StyleMixingExample(
        IReadOnlyList<uint> rowSeeds,
        IReadOnlyList<uint> colSeeds,
        double truncationPsi,
        IReadOnlyList<int> colStyles,
        RunFolder folder,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rowSeeds);
        ArgumentNullException.ThrowIfNull(colSeeds);
        ArgumentNullException.ThrowIfNull(folder);
        CheckLayers(colStyles);
        uint[] seeds = [.. rowSeeds.Concat(colSeeds).Distinct()];
        (uint Row, uint Col)[] own = [.. seeds.Select(s => (s, s))], mixed =
        [
            .. rowSeeds.SelectMany(_ => colSeeds, (row, col) => (row, col)),
        ];
        _progress.Announce("Generating W vectors...");
        StyleMixing mixing = new(Gs, seeds, truncationPsi, colStyles);
        Dictionary<(uint Row, uint Col), NDArray> made = [];
        _progress.Begin("Generating images", own.Length + mixed.Length);
        _progress.Announce("Generating images...");
        Make(own);
        _progress.Announce("Generating style-mixed images...");
        Make(mixed);
        _progress.Announce("Saving image grid...");
        StyleMixing.SaveGrid(rowSeeds, colSeeds, made, folder);

        void Make((uint Row, uint Col)[] images)
        {
            foreach ((uint Row, uint Col) image in images)
            {
                cancellationToken.ThrowIfCancellationRequested();
                made[image] = mixing.Image(image.Row, image.Col, folder);
                _progress.Step();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _opened.Dispose();

    private void CheckLayers(IReadOnlyList<int> layers)
    {
        int count = Gs.Components["synthesis"].InputShapes[0][1];
        foreach (int layer in layers.Where(l => l < 0 || l >= count))
        {
            throw new ArgumentException(
                $"there is no layer {layer} to mix: the network's layers are 0 to {count - 1}; give others with --col-styles");
        }
    }
}
