namespace StyleGan2.Encoder.Tests.Graphs;

/// <summary>
/// What TensorFlow 1.15 has under the names of the facade: the parameters of functions and classes, <see cref="Constant"/> for values.
/// </summary>
internal static class TensorFlowSignatures
{
    internal const string Constant = "constant";

    internal static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["tf.float32"] = Constant,
        ["tf.float64"] = Constant,
        ["tf.uint8"] = Constant,
        ["tf.int32"] = Constant,
        ["tf.int64"] = Constant,
        ["tf.AUTO_REUSE"] = Constant,

        ["tf.get_default_graph"] = "",
        ["tf.get_default_session"] = "",
        ["tf.name_scope"] = "name, default_name=None, values=None",
        ["tf.device"] = "device_name_or_function",
        ["tf.control_dependencies"] = "control_inputs",
        ["tf.variable_scope"] = "name_or_scope, default_name=None, values=None, initializer=None, regularizer=None, "
            + "caching_device=None, partitioner=None, "
            + "custom_getter=None, reuse=None, dtype=None, use_resource=None, constraint=None, auxiliary_name_scope=True",
        ["tf.get_variable"] = "name, shape=None, dtype=None, initializer=None, regularizer=None, trainable=None, collections=None, "
            + "caching_device=None, "
            + "partitioner=None, validate_shape=True, use_resource=None, custom_getter=None, constraint=None",
        ["tf.Variable"] = "initial_value=None, trainable=None, collections=None, validate_shape=True, caching_device=None, name=None, "
            + "variable_def=None, "
            + "dtype=None, expected_shape=None, import_scope=None, constraint=None, use_resource=None",
        ["tf.assign"] = "ref, value, validate_shape=None, use_locking=None, name=None",
        ["tf.assign_add"] = "ref, value, use_locking=None, name=None",
        ["tf.global_variables_initializer"] = "",
        ["tf.variables_initializer"] = "var_list, name='init'",
        ["tf.placeholder"] = "dtype, shape=None, name=None",
        ["tf.constant"] = "value, dtype=None, shape=None, name='Const', verify_shape=False",
        ["tf.identity"] = "input, name=None",
        ["tf.stop_gradient"] = "input, name=None",
        ["tf.group"] = "inputs",
        ["tf.no_op"] = "name=None",
        ["tf.cond"] = "pred, true_fn=None, false_fn=None, strict=False, name=None, fn1=None, fn2=None",
        ["tf.gradients"] = "ys, xs, grad_ys=None, name='gradients', colocate_gradients_with_ops=False, gate_gradients=False, "
            + "aggregation_method=None, "
            + "stop_gradients=None, unconnected_gradients=None",

        ["tf.add"] = "x, y, name=None",
        ["tf.subtract"] = "x, y, name=None",
        ["tf.multiply"] = "x, y, name=None",
        ["tf.divide"] = "x, y, name=None",
        ["tf.maximum"] = "x, y, name=None",
        ["tf.minimum"] = "x, y, name=None",
        ["tf.pow"] = "x, y, name=None",
        ["tf.add_n"] = "inputs, name=None",
        ["tf.negative"] = "x, name=None",
        ["tf.abs"] = "x, name=None",
        ["tf.sign"] = "x, name=None",
        ["tf.square"] = "x, name=None",
        ["tf.sqrt"] = "x, name=None",
        ["tf.rsqrt"] = "x, name=None",
        ["tf.reciprocal"] = "x, name=None",
        ["tf.exp"] = "x, name=None",
        ["tf.log"] = "x, name=None",
        ["tf.sin"] = "x, name=None",
        ["tf.cos"] = "x, name=None",
        ["tf.floor"] = "x, name=None",
        ["tf.ceil"] = "x, name=None",
        ["tf.round"] = "x, name=None",
        ["tf.tanh"] = "x, name=None",
        ["tf.sigmoid"] = "x, name=None",
        ["tf.clip_by_value"] = "t, clip_value_min, clip_value_max, name=None",
        ["tf.less"] = "x, y, name=None",
        ["tf.less_equal"] = "x, y, name=None",
        ["tf.greater"] = "x, y, name=None",
        ["tf.greater_equal"] = "x, y, name=None",
        ["tf.equal"] = "x, y, name=None",
        ["tf.logical_and"] = "x, y, name=None",
        ["tf.logical_or"] = "x, y, name=None",
        ["tf.logical_not"] = "x, name=None",
        ["tf.is_finite"] = "x, name=None",
        ["tf.where"] = "condition, x=None, y=None, name=None",
        ["tf.where_v2"] = "condition, x=None, y=None, name=None",
        ["tf.cast"] = "x, dtype, name=None",
        ["tf.saturate_cast"] = "value, dtype, name=None",
        ["tf.matmul"] = "a, b, transpose_a=False, transpose_b=False, adjoint_a=False, adjoint_b=False, a_is_sparse=False, "
            + "b_is_sparse=False, name=None",
        ["tf.reduce_sum"] = "input_tensor, axis=None, keepdims=None, name=None, reduction_indices=None, keep_dims=None",
        ["tf.reduce_mean"] = "input_tensor, axis=None, keepdims=None, name=None, reduction_indices=None, keep_dims=None",
        ["tf.reduce_max"] = "input_tensor, axis=None, keepdims=None, name=None, reduction_indices=None, keep_dims=None",
        ["tf.reduce_min"] = "input_tensor, axis=None, keepdims=None, name=None, reduction_indices=None, keep_dims=None",
        ["tf.cumsum"] = "x, axis=0, exclusive=False, reverse=False, name=None",

        ["tf.shape"] = "input, name=None, out_type=tf.int32",
        ["tf.reshape"] = "tensor, shape, name=None",
        ["tf.transpose"] = "a, perm=None, name='transpose', conjugate=False",
        ["tf.concat"] = "values, axis, name='concat'",
        ["tf.stack"] = "values, axis=0, name='stack'",
        ["tf.expand_dims"] = "input, axis=None, name=None, dim=None",
        ["tf.tile"] = "input, multiples, name=None",
        ["tf.broadcast_to"] = "input, shape, name=None",
        ["tf.slice"] = "input_, begin, size, name=None",
        ["tf.reverse"] = "tensor, axis, name=None",
        ["tf.pad"] = "tensor, paddings, mode='CONSTANT', name=None, constant_values=0",
        ["tf.roll"] = "input, shift, axis",
        ["tf.gather"] = "params, indices, validate_indices=None, name=None, axis=None, batch_dims=0",
        ["tf.depth_to_space"] = "input, block_size, name=None, data_format='NHWC'",
        ["tf.space_to_depth"] = "input, block_size, name=None, data_format='NHWC'",
        ["tf.zeros"] = "shape, dtype=tf.float32, name=None",
        ["tf.ones"] = "shape, dtype=tf.float32, name=None",
        ["tf.zeros_like"] = "tensor, dtype=None, name=None, optimize=True",
        ["tf.ones_like"] = "tensor, dtype=None, name=None, optimize=True",
        ["tf.fill"] = "dims, value, name=None",

        ["tf.set_random_seed"] = "seed",
        ["tf.random_normal"] = "shape, mean=0.0, stddev=1.0, dtype=tf.float32, seed=None, name=None",
        ["tf.random_uniform"] = "shape, minval=0, maxval=None, dtype=tf.float32, seed=None, name=None",
        ["tf.raw_ops.RandomStandardNormal"] = "shape, dtype, seed=0, seed2=0, name=None",

        ["tf.nn.conv2d"] = "input, filter=None, strides=None, padding=None, use_cudnn_on_gpu=True, data_format='NHWC', "
            + "dilations=[1,1,1,1], name=None, "
            + "filters=None",
        ["tf.nn.conv2d_transpose"] = "value=None, filter=None, output_shape=None, strides=None, padding='SAME', data_format='NHWC', "
            + "name=None, input=None, "
            + "filters=None, dilations=None",
        ["tf.nn.max_pool"] = "value, ksize, strides, padding, data_format='NHWC', name=None, input=None",
        ["tf.nn.avg_pool"] = "value, ksize, strides, padding, data_format='NHWC', name=None, input=None",
        ["tf.nn.relu"] = "features, name=None",
        ["tf.nn.leaky_relu"] = "features, alpha=0.2, name=None",
        ["tf.nn.elu"] = "features, name=None",
        ["tf.nn.selu"] = "features, name=None",
        ["tf.nn.softplus"] = "features, name=None",

        ["tf.data.TFRecordDataset"] = "filenames, compression_type=None, buffer_size=None, num_parallel_reads=None",
        ["tf.data.Dataset.from_tensor_slices"] = "tensors",
        ["tf.data.Dataset.zip"] = "datasets",
        ["tf.data.Iterator.from_structure"] = "output_types, output_shapes=None, shared_name=None, output_classes=None",
    };
}
