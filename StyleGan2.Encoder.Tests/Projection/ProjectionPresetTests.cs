using Dnnlib.TfLib;
using Imaging;
using Imaging.Decoding;
using NumSharp;
using StyleGan2.Encoder.Projection;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Numpy;
using Training;

namespace StyleGan2.Encoder.Tests.Projection;

public sealed class ProjectionPresetTests
{
    [Fact]
    public void The_reference_preset_has_the_defaults() => Assert.Equal(new ProjectorOptions(), ProjectionPreset.Of("reference"));

    [Fact]
    public void The_fast_preset_takes_a_quarter_of_the_references_steps_at_most() =>
        Assert.InRange(ProjectionPreset.Of("fast").NumSteps, 1, new ProjectorOptions().NumSteps / 4);

    [Fact]
    public void The_best_preset_takes_no_more_steps_than_the_reference() =>
        Assert.InRange(ProjectionPreset.Of("best").NumSteps, 1, new ProjectorOptions().NumSteps);

    [Fact]
    public void An_unknown_preset_is_refused_with_the_names_that_there_are() =>
        Assert.StartsWith(
            "there is no preset slow; there are reference, fast, best",
            Assert.Throws<ArgumentException>(() => ProjectionPreset.Of("slow")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_bundled_portrait_comes_as_near_with_fast_as_with_reference_and_nearer_with_best()
    {
        double reference = DistanceReachedWith("reference");
        Assert.InRange(DistanceReachedWith("fast"), 0, reference);
        Assert.InRange(DistanceReachedWith("best"), 0, reference * 2 / 3);
    }

    private static float DistanceReachedWith(string preset)
    {
        using ProjectionSession session = new(null, null, ProjectionPreset.Of(preset), new TfConfig());
        using Picture picture = ImageDecoder.Decode(Repository.File("samples", "portraits", "portrait-02.png"));
        NDArray levels = picture.Pixels.ToNDArray(1, picture.Channels, picture.Height, picture.Width);
        session.Projector.Start(Misc.AdjustDynamicRange(levels, (0, 255), (-1, 1)));
        float distance = float.PositiveInfinity;
        session.Projector.TakeSteps(step => distance = step.Distance, TestContext.Current.CancellationToken);
        return distance;
    }
}
