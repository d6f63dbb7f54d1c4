using System.Text.Json;
using System.Text.Json.Nodes;
using Dnnlib.TfLib;
using StyleGan2.Encoder.Networks;
using StyleGan2.Encoder.Perceptual;
using StyleGan2.Encoder.Results;
using StyleGan2.Encoder.Video;

namespace StyleGan2.Encoder.Projection;

/// <summary>What results depend on, for their record.</summary>
internal static class RecordedSettings
{
    /// <summary>Network, label, distance, settings and seeds.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    internal static JsonObject OfProjection(
        string? networkPkl, NetworkLabel label, string? vgg16Pkl, ProjectorOptions options, TfConfig config)
    {
        JsonObject settings = OfNetwork(networkPkl, label, config);
        settings["lpips_sha256"] = vgg16Pkl is null
            ? null
            : new JsonArray([.. LpipsWeights.FilesOf(vgg16Pkl).Select(f => JsonValue.Create(FileRecord.Of(f).Sha256))]);
        foreach ((string name, JsonNode? value) in JsonSerializer.SerializeToNode(options, ResultRecord.Json)!.AsObject())
        {
            settings[name] = value?.DeepClone();
        }

        return settings;
    }

    /// <summary>Adds the settings of videos, where they are made.</summary>
    internal static void AddVideo(JsonObject settings, VideoOptions? video)
    {
        if (video is not null)
        {
            settings["video"] = JsonSerializer.SerializeToNode(video, ResultRecord.Json);
        }
    }

    /// <summary>Network, label and seeds.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal static JsonObject OfNetwork(string? networkPkl, NetworkLabel label, TfConfig config) => new()
    {
        ["network_sha256"] = FileRecord.Of(networkPkl ?? PretrainedNetworks.Bundled).Sha256,
        ["class"] = label.Class,
        ["label_sha256"] = label.File is { } file ? FileRecord.Of(file).Sha256 : null,
        ["np_random_seed"] = config.NpRandomSeed,
        ["tf_random_seed"] = config.TfRandomSeed,
    };
}
