using Dnnlib;
using Dnnlib.TfLib;
using Imaging;
using Imaging.Decoding;
using NumSharp;
using StyleGan2.Encoder.Networks;
using StyleGan2.Encoder.Results;
using TensorGraph.Numpy;

namespace StyleGan2.Encoder.Generation;

/// <summary>Images of which some layers have the W of one seed and the others that of another (<c>style_mixing_example</c>).</summary>
internal sealed class StyleMixing
{
    private static readonly (double, double) s_levels = (0, 255);

    private readonly Network _generator;
    private readonly NDArray? _label;
    private readonly IReadOnlyList<int> _colStyles;
    private readonly Dictionary<uint, NDArray> _dlatents;

    /// <summary>Finds the W of seeds.</summary>
    /// <param name="generator">A generator with components <c>mapping</c> and <c>synthesis</c>.</param>
    /// <param name="label">Its label, [1, size]; null for zeros.</param>
    /// <param name="seeds">All seeds.</param>
    /// <param name="truncationPsi">How far W is drawn towards its mean.</param>
    /// <param name="colStyles">The layers that come from the column's seed.</param>
    internal StyleMixing(
        Network generator, NDArray? label, IReadOnlyList<uint> seeds, double truncationPsi, IReadOnlyList<int> colStyles)
    {
        Truncation.Require(truncationPsi);
        _generator = generator;
        _label = label;
        _colStyles = colStyles;
        NDArray dlatents = TruncatedDlatents(seeds, truncationPsi);
        _dlatents = seeds.Index().ToDictionary(s => s.Item, s => dlatents[$"{s.Index}:{s.Index + 1}"].Contiguous());
    }

    /// <summary>Makes an image and saves it as <c>ROW-COL.png</c>, or reads it where a run that is continued has made it.</summary>
    /// <returns>uint8 [channels, height, width].</returns>
    internal NDArray Image(uint row, uint col, RunFolder folder)
    {
        string name = $"{row}-{col}.png";
        if (folder.Has(name))
        {
            using Picture picture = ImageDecoder.Decode(folder.InFolder(name), new DecodingOptions { KeepAlpha = true });
            return picture.Pixels.ToNDArray(picture.Channels, picture.Height, picture.Width);
        }

        NDArray image = Synthesize(row == col ? _dlatents[row] : Mixed(_dlatents[row], _dlatents[col]));
        folder.Write(name, image, s_levels);
        folder.Record(name);
        return image[0];
    }

    /// <summary>
    /// Saves the columns' images on top, the rows' at the left and the mixed ones inside as <c>grid.png</c>; the corner is black.
    /// </summary>
    internal static void SaveGrid(
        IReadOnlyList<uint> rowSeeds, IReadOnlyList<uint> colSeeds, Dictionary<(uint Row, uint Col), NDArray> made, RunFolder folder)
    {
        NDArray black = np.zeros_like(made.Values.First());
        IEnumerable<NDArray> top = colSeeds.Select(col => made[(col, col)]).Prepend(black);
        IEnumerable<NDArray> rows = rowSeeds.SelectMany(row => colSeeds.Select(col => made[(row, col)]).Prepend(made[(row, row)]));
        folder.Write("grid.png", np.stack([.. top, .. rows]), s_levels, (colSeeds.Count + 1, rowSeeds.Count + 1));
    }

    private NDArray TruncatedDlatents(IReadOnlyList<uint> seeds, double psi)
    {
        NDArray latents = np.concatenate([.. seeds.Select(s => new RandomState(s).Randn(1, _generator.InputShapes[0][1]))], 0);
        NDArray dlatents = _generator.Components["mapping"].Run([latents, NetworkLabel.Repeated(_label, seeds.Count)])[0];
        NDArray average = _generator.GetVar("dlatent_avg");
        return average + ((dlatents - average) * (float)psi);
    }

    private NDArray Mixed(NDArray row, NDArray col)
    {
        NDArray mixed = np.copy(row);
        int size = (int)row.shape[2];
        foreach (int layer in _colStyles)
        {
            col.AsSpan<float>().Slice(layer * size, size).CopyTo(mixed.AsSpan<float>()[(layer * size)..]);
        }

        GC.KeepAlive(col);
        return mixed;
    }

    private NDArray Synthesize(NDArray dlatents) => _generator.Components["synthesis"].Run(
        [dlatents], new NetworkRunOptions { OutputTransform = new ImageConversion() }, new EasyDict { ["randomize_noise"] = false })[0];
}
