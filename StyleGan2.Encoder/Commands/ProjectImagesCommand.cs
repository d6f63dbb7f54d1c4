using System.CommandLine;
using DatasetTool.CommandLine;
using StyleGan2.Encoder.Projection;

namespace StyleGan2.Encoder.Commands;

/// <summary><c>project_images</c> on the command line.</summary>
internal static class ProjectImagesCommand
{
    private static readonly Argument<string> s_srcDir = new("src_dir") { Description = "Directory with images for projection" };
    private static readonly Argument<string> s_dstDir = new("dst_dir") { Description = "Output directory" };

    private static readonly Option<string> s_tmpDir = new("--tmp-dir")
    {
        Description = "Temporary directory for tfrecords", DefaultValueFactory = _ => ".stylegan2-tmp",
    };

    private static readonly Option<IReadOnlyList<int>?> s_pictures = NumberList.Optional<int>(
        "--pictures", "Project only these of the sorted images, from 0, to divide them between computers (default: all)");

    private static readonly Option<Shard?> s_shard = ShardOption.Define("Project only a share of the sorted images");

    private static readonly Option<double> s_checkpointEvery = NumberOption.Of(
        "--checkpoint-every", "Seconds between checkpoints, from which a stopped run goes on; 0: only when it is stopped", 60.0, 0, 1e6);

    private static readonly Option<string?> s_startFrom = new("--start-from")
    {
        Description = "File of the dlatents to begin with: .npy, or .npz with dlatents, w or ws (default: the mean of W)",
        HelpName = "FILE",
    };

    private static readonly Option<bool> s_noReport =
        new("--no-report") { Description = "Make no report (index.html in the output directory)" };

    private static readonly Option<int> s_snapshots =
        NumberOption.Of("--snapshots", "Pictures on the way that the report shows of each projection", 5, least: 0, most: 100);

    private static readonly Option<bool> s_overwrite = new("--overwrite")
    {
        Description = "Project images again that have results already; files that this program did not write are kept",
    };

    private static readonly Option<bool> s_saveNoise = new("--save-noise")
    {
        Description = "Save the noise maps too, as NAME.noise.npz: generate-images makes the very picture again with them",
    };

    internal static Command Define() =>
        new Command("project_images", "Project real images into the latent space of a StyleGAN2 network.")
        {
            s_srcDir, s_dstDir, s_tmpDir, ResultSettings.Network, ProjectionSettings.Vgg16Pkl, ProjectionSettings.Preset,
            ProjectionSettings.NumSteps, ProjectionSettings.InitialLearningRate, ProjectionSettings.InitialNoiseFactor, s_startFrom,
            s_pictures, s_shard, s_checkpointEvery, s_saveNoise, s_snapshots, s_noReport, s_overwrite, ProjectionSettings.OpSeedsFile,
        }
            .WithExample("Project the pictures of a folder with the bundled network", "stylegan2-encoder project_images photos results")
            .WithExample(
                "Use a network and LPIPS weights of your own, on a GPU",
                "stylegan2-encoder project_images photos results --network-pkl ffhq.pkl --vgg16-pkl vgg16.pkl --device cuda")
            .WithExample("Reach the same distance in a fifth of the time", "stylegan2-encoder project_images photos results --preset fast")
            .WithExample("Watch the pictures come", "stylegan2-encoder project_images photos results --preview")
            .WithExample(
                "Make a video of each, with the picture to the left",
                "stylegan2-encoder project_images photos results --video --video-mode 2")
            .WithExample("Divide the pictures between two computers", "stylegan2-encoder project_images photos results --shard 0/2")
            .WithLabelSettings().WithDecodingFlags().WithRuntimeSettings().WithJobs().WithVideoSettings().WithLogAndPreview()
            .Counting((result, cancellation) =>
            WatchSettings.Watch(result, progress => new ProjectImages(Read(result), progress).Run(cancellation)));

    private static ProjectImagesOptions Read(ParseResult result) => new()
    {
        SrcDir = result.GetRequiredValue(s_srcDir),
        DstDir = result.GetRequiredValue(s_dstDir),
        TmpDir = result.GetRequiredValue(s_tmpDir),
        NetworkPkl = result.GetValue(ResultSettings.Network),
        Label = LabelSettings.Read(result),
        Vgg16Pkl = result.GetValue(ProjectionSettings.Vgg16Pkl),
        Decoding = DecodingFlags.Read(result),
        Pictures = result.GetValue(s_pictures),
        Shard = result.GetValue(s_shard),
        CheckpointEvery = TimeSpan.FromSeconds(result.GetValue(s_checkpointEvery)),
        Jobs = RuntimeSettings.Jobs(result),
        BatchSize = RuntimeSettings.BatchSize(result),
        SaveNoise = result.GetValue(s_saveNoise),
        StartFrom = result.GetValue(s_startFrom),
        Report = !result.GetValue(s_noReport),
        Snapshots = result.GetValue(s_snapshots),
        Overwrite = result.GetValue(s_overwrite),
        Video = VideoSettings.Read(result),
        Config = RuntimeSettings.Read(result),
        Projector = ProjectionSettings.Options(result),
    };
}
