using System.Text.Json;
using Dnnlib;
using Dnnlib.TfLib;
using NumSharp;
using StyleGan2.Encoder.Perceptual;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Numpy;

namespace StyleGan2.Encoder.Tests.Full;

/// <summary>config-f and LPIPS at full width, their values made by the formula of the goldens' README.</summary>
internal sealed class FullSizeModel
{
    private readonly JsonElement _settings;

    internal FullSizeModel(int resolution)
    {
        Resolution = resolution;
        _settings = Golden.Json("full", $"{resolution}", "full.json");
        Seed = _settings.GetProperty("seed").GetInt32();
        Generator = MakeGenerator();
        Lpips = MakeLpips();
    }

    internal int Resolution { get; }

    internal int Seed { get; }

    internal int Steps => _settings.GetProperty("steps").GetInt32();

    internal int NumSteps => _settings.GetProperty("num_steps").GetInt32();

    internal double InitialNoiseFactor => _settings.GetProperty("initial_noise_factor").GetDouble();

    internal NetworkState Generator { get; }

    internal LpipsWeights Lpips { get; }

    internal NDArray Target
    {
        get
        {
            NDArray levels = new RandomState((uint)(Seed + 9001)).Randint(256, 1, 3, Resolution, Resolution);
            return ((levels.astype(typeof(double)) / 127.5) - 1.0).astype(typeof(float));
        }
    }

    /// <summary>float32(RandomState(seed + offset).randn(*shape) * scale).</summary>
    internal NDArray Normal(int offset, int[] shape, double scale = 1)
    {
        double[] values = new RandomState((uint)(Seed + offset)).Randn([.. shape.DefaultIfEmpty(1)]).Values<double>();
        return Array.ConvertAll(values, v => (float)(v * scale)).ToNDArray([.. shape.Select(d => (long)d)]);
    }

    private NetworkState MakeGenerator()
    {
        List<(string Name, NDArray Value)> all =
            [.. Variables("variables").Select((v, i) => (v.Name, Normal(i, v.Shape, GeneratorScale(v.Name))))];
        all.Add(("lod", NDArray.Scalar(0f)));
        EasyDict kwargs = new() { ["resolution"] = Resolution };
        Dictionary<string, NetworkState> components = new()
        {
            ["synthesis"] = Component("G_synthesis", "G_synthesis_stylegan2", kwargs),
            ["mapping"] = Component(
                "G_mapping", "G_mapping", new EasyDict(kwargs) { ["dlatent_broadcast"] = (2 * int.Log2(Resolution)) - 2 }),
        };
        return new NetworkState(
            4, "Gs", kwargs, components, "", "G_main", [.. all.Where(v => !v.Name.StartsWith("G_", StringComparison.Ordinal))]);

        NetworkState Component(string name, string function, EasyDict settings) =>
            new(4, name, settings, new Dictionary<string, NetworkState>(), "", function,
            [
                .. all.Where(v => v.Name.StartsWith(name + "/", StringComparison.Ordinal))
                    .Select(v => (v.Name[(name.Length + 1)..], v.Value)),
            ]);
    }

    private LpipsWeights MakeLpips() =>
        LpipsWeights.FromArrays(Variables("lpips_variables").Select((v, i) => (v.Name, LpipsValue(i, v.Name, v.Shape))), "full");

    private NDArray LpipsValue(int index, string name, int[] shape)
    {
        double scale = name.EndsWith("bias", StringComparison.Ordinal) ? 0.1
            : name.StartsWith("lin", StringComparison.Ordinal) ? 1.0 / shape[2]
            : Math.Sqrt(2.0 / (9 * shape[2]));
        NDArray value = Normal(5000 + index, shape, scale);
        return name.StartsWith("lin", StringComparison.Ordinal) ? np.abs(value) : value;
    }

    private IEnumerable<(string Name, int[] Shape)> Variables(string list) =>
        _settings.GetProperty(list).EnumerateArray().Select(
            v => (v[0].GetString()!, v[1].EnumerateArray().Select(d => d.GetInt32()).ToArray()));

    private static double GeneratorScale(string name)
    {
        string last = name.Split('/')[^1];
        if (name.StartsWith("G_mapping/", StringComparison.Ordinal))
        {
            return last == "weight" ? 100 : 10;
        }

        bool isNoise = last.StartsWith("noise", StringComparison.Ordinal) && last != "noise_strength";
        return isNoise || last is "weight" or "mod_weight" or "const" ? 1 : 0.1;
    }
}
