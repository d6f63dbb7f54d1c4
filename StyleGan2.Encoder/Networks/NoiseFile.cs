using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Numpy;

namespace StyleGan2.Encoder.Networks;

/// <summary>Files of noise maps: .npz with <c>noise0</c>, <c>noise1</c>, ..., each float32 [1, 1, height, width].</summary>
internal static class NoiseFile
{
    /// <summary>Writes the maps; the file appears whole or not at all.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    internal static void Save(string path, IEnumerable<NDArray> maps) =>
        NpzArchive.Save(path, maps.Select((map, i) => ($"noise{i}", map)));

    /// <summary>Reads the maps of a network.</summary>
    /// <param name="path">The file.</param>
    /// <param name="variables">The network's maps, which tell their shapes.</param>
    /// <exception cref="InvalidDataException">It does not hold the network's maps.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal static NDArray[] Load(string path, IReadOnlyList<Variable> variables)
    {
        Dictionary<string, NDArray> maps = NpzArchive.Load(path).ToDictionary(a => a.Name, a => a.Value);
        return maps.Count == variables.Count
            ? [.. variables.Select((v, i) => Map(path, maps, $"noise{i}", v.Shape))]
            : throw new InvalidDataException($"{path}: it has {maps.Count} noise maps, the network {variables.Count}; "
                + "give the file that was made with this network");
    }

    private static NDArray Map(string path, Dictionary<string, NDArray> maps, string name, TensorShape shape)
    {
        if (!maps.TryGetValue(name, out NDArray? map))
        {
            throw new InvalidDataException($"{path}: it has no array {name}; project_images --save-noise writes such files");
        }

        return map.shape.SequenceEqual(shape.Select(d => (long)d))
            ? map.ContiguousAs(typeof(float))
            : throw new InvalidDataException($"{path}: {name} has shape [{string.Join(", ", map.shape)}]; the network's is {shape}");
    }
}
