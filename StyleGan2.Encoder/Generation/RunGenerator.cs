using Dnnlib.TfLib;
using NumSharp;
using StyleGan2.Encoder.Networks;
using StyleGan2.Encoder.Results;

namespace StyleGan2.Encoder.Generation;

/// <summary>Generates images from seeds (Python's <c>run_generator.py</c>).</summary>
internal sealed class RunGenerator : IDisposable
{
    private const string Work = "Generating images";

    private readonly NetworkSession _opened;
    private readonly NetworkLabel _label;
    private readonly IRunProgress _progress;

    /// <summary>Loads the generator.</summary>
    /// <param name="networkPkl">Network file; null for the bundled network.</param>
    /// <param name="config">Seeds, device and threads.</param>
    /// <param name="progress">Receives progress, with the reference's lines.</param>
    /// <param name="label">The label of a network with labels, for images of seeds; zeros if left out.</param>
    /// <exception cref="InvalidDataException">It is no file of networks, or damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="NotSupportedException">The device asked for is not there.</exception>
    internal RunGenerator(string? networkPkl, TfConfig config, IRunProgress progress, NetworkLabel? label = null)
    {
        (_progress, _label) = (progress, label ?? NetworkLabel.None);
        _progress.Note($"Loading networks from \"{networkPkl ?? PretrainedNetworks.Bundled}\"...");
        _opened = new NetworkSession(PretrainedNetworks.LoadNetworks(networkPkl).Gs, config);
    }

    private Network Gs => _opened.Network;

    /// <summary>Saves the image of each seed as <c>seedNNNN.png</c> (<c>generate_images</c>).</summary>
    /// <param name="seeds">Seeds of latents and noise maps.</param>
    /// <param name="truncationPsi">How far W is drawn towards its mean; null for the network's own.</param>
    /// <param name="folder">Where the images go; those that a run that is continued has made are passed over.</param>
    /// <param name="cancellationToken">Stops between two images.</param>
    /// <exception cref="ArgumentException">The truncation is not a finite number, or the network has no such label.</exception>
    /// <exception cref="IOException">An image cannot be written.</exception>
    internal void GenerateImages(
        IReadOnlyList<uint> seeds, double? truncationPsi, RunFolder folder, CancellationToken cancellationToken = default)
    {
        SeededImages images = new(Gs, Label());
        _progress.Begin(Work, seeds.Count);
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

            _progress.Step(Work);
        }
    }

    /// <summary>
    /// Saves the image of each file's dlatents as <c>NAME.png</c>, or as <c>NAME-0000.png</c> and so on where it has several.
    /// </summary>
    /// <param name="files">Files of dlatents, such as those of projections.</param>
    /// <param name="noiseFiles">Files of noise maps: none for the network's own maps, one for all dlatents, or one for each file.</param>
    /// <param name="folder">Where the images go; those that a run that is continued has made are passed over.</param>
    /// <param name="cancellationToken">Stops between two images.</param>
    /// <exception cref="ArgumentException">Two files have the same name.</exception>
    /// <exception cref="InvalidDataException">A file holds no dlatents or noise maps of the network.</exception>
    /// <exception cref="IOException">A file cannot be read or an image not written.</exception>
    internal void GenerateImages(
        IReadOnlyList<string> files, IReadOnlyList<string> noiseFiles, RunFolder folder, CancellationToken cancellationToken = default)
    {
        DlatentImages images = new(Gs);
        Dictionary<string, NDArray> dlatents = [];
        foreach (string file in files)
        {
            if (!dlatents.TryAdd(Path.GetFileNameWithoutExtension(file), images.Load(file)))
            {
                throw new ArgumentException($"{file}: another file has this name, whose images would be replaced; rename one of them");
            }
        }

        _progress.Begin(Work, dlatents.Values.Sum(d => (int)d.shape[0]));
        foreach ((int index, (string name, NDArray codes)) in dlatents.Index())
        {
            if (index < noiseFiles.Count)
            {
                images.UseNoise(noiseFiles[index]);
            }

            _progress.Announce($"Generating images of \"{files[index]}\" ({index}/{files.Count}) ...");
            Generate(images, name, codes, folder, cancellationToken);
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
        CheckLayers(colStyles);
        uint[] seeds = [.. rowSeeds.Concat(colSeeds).Distinct()];
        (uint Row, uint Col)[] own = [.. seeds.Select(s => (s, s))], mixed =
        [
            .. rowSeeds.SelectMany(_ => colSeeds, (row, col) => (row, col)),
        ];
        _progress.Announce("Generating W vectors...");
        StyleMixing mixing = new(Gs, Label(), seeds, truncationPsi, colStyles);
        Dictionary<(uint Row, uint Col), NDArray> made = [];
        _progress.Begin(Work, own.Length + mixed.Length);
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
                _progress.Step(Work);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _opened.Dispose();

    private NDArray? Label() => _label.For(Gs, _progress.Note);

    private void Generate(DlatentImages images, string name, NDArray dlatents, RunFolder folder, CancellationToken cancellationToken)
    {
        int count = (int)dlatents.shape[0];
        for (int i = 0; i < count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string file = count == 1 ? $"{name}.png" : $"{name}-{i:D4}.png";
            if (!folder.Has(file))
            {
                folder.Write(file, images.Make(dlatents, i), (-1, 1));
                folder.Record(file);
            }

            _progress.Step(Work);
        }
    }

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
