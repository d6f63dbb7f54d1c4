using StyleGan2.Encoder.Projection;
using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Projection;

/// <summary>The pictures of a folder, as project_images takes them.</summary>
public sealed class SourcePicturesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_are_taken_in_the_order_of_their_code_points_without_those_of_a_leading_dot_or_underscore()
    {
        string[] inOrder = ["10.png", "9.png", "Z.png", "a.png", "é.png", "\uFFFD.png", "\U0001F600.png"];
        Write([.. inOrder.Reverse(), ".hidden.png", "_draft.png", "Thumbs.db"]);
        IReadOnlyList<SourcePicture> pictures = SourcePictures.In(_folder.Path);
        Assert.Equal(inOrder.Select((name, i) => (_folder.File(name), i)), pictures.Select(p => (p.File, p.Position)));
    }

    [Fact]
    public void Pictures_whose_results_would_have_the_name_of_an_earlier_ones_are_found_wherever_they_stand()
    {
        Write(["a.bmp", "a-b.png", "a.jpg", "a.png", "b.png"]);
        Assert.Equal(
            [("a.jpg", "a.bmp"), ("a.png", "a.bmp")],
            SourcePictures.WithTakenNames(SourcePictures.In(_folder.Path)).Select(t => (t.Picture.Name, t.First.Name)));
    }

    private void Write(string[] names)
    {
        foreach (string name in names)
        {
            _folder.Write(name, []);
        }
    }
}
