using Imaging;
using TensorGraph.Records;

namespace DatasetTool.Export;

/// <summary>
/// The pictures of a run that cannot be taken: those that cannot be decoded, and those of another size or colour than most.
/// </summary>
internal sealed class BadPictures
{
    private readonly List<Exception> _problems = [];
    private readonly List<(string Name, ImageShape Shape)> _decoded = [];
    private bool _haveOtherShapes;

    /// <summary>Whether there are any so far.</summary>
    internal bool Any => _problems.Count > 0 || _haveOtherShapes;

    /// <summary>Takes note of a picture.</summary>
    /// <returns>Whether it can be written beside those before.</returns>
    internal bool Fits(DecodedPicture picture)
    {
        if (picture.Problem is { } problem)
        {
            _problems.Add(problem);
            return false;
        }

        _decoded.Add((picture.Name, picture.Levels!.Shape));
        bool isOther = _decoded[^1].Shape != _decoded[0].Shape;
        _haveOtherShapes |= isOther;
        return !isOther;
    }

    /// <summary>Whether most pictures have the size and colour of the first one.</summary>
    internal bool IsFirstLikeMost => _decoded.Count == 0 || Most()[0] == _decoded[0];

    /// <summary>What is wrong with each, in one line that names it.</summary>
    internal IReadOnlyList<string> Describe()
    {
        List<(string Name, ImageShape Shape)> most = Most();
        return
        [
            .. _problems.Select(p => p.Message),
            .. _decoded.Where(p => p.Shape != most[0].Shape).Select(p => OtherShape(p.Name, p.Shape, most[0])),
        ];
    }

    /// <summary>The error of a run that they end.</summary>
    /// <param name="advice">What to do about several.</param>
    internal Exception Error(string advice)
    {
        IReadOnlyList<string> lines = Describe();
        int all = _problems.Count + _decoded.Count;
        return lines.Count > 1 ? new InvalidDataException($"{lines.Count} of {all} pictures cannot be taken; {advice}")
            : _problems.Count == 1 ? _problems[0]
            : new InvalidDataException(lines[0]);
    }

    /// <summary>Says that a picture is of another size or colour.</summary>
    internal static string OtherShape(string name, ImageShape shape, (string Name, ImageShape Shape) expected) =>
        $"{name}: {Describe(shape)}, where {expected.Name} is {Describe(expected.Shape)}; "
        + "all pictures of a dataset have one size and colour (--resize and --convert rgb make them so)";

    /// <summary>Size and colour in words.</summary>
    internal static string Describe(ImageShape shape) => $"{shape.Width} x {shape.Height} {Picture.KindOf(shape.Channels)}";

    /// <summary>The pictures of the shape that most have; of as many, the first.</summary>
    private List<(string Name, ImageShape Shape)> Most() =>
        _decoded.GroupBy(p => p.Shape).MaxBy(g => g.Count()) is { } most ? [.. most] : [];
}
