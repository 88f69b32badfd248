import CMicrohttpd

// What libmicrohttpd calls, on a connection's own thread. The pointers that it hands back are those that were given to
// it: the server's core as the context, the exchange as the request's own.

/// Called when a request's headers are there, for each piece of its body, and when it is whole.
let serverCallback: MHD_AccessHandlerCallback = { context, connection, url, method, version, upload, uploadSize, slot in
  guard let context, let connection, let url, let method, let version, let uploadSize, let slot else { return .NO }
  let core = Unmanaged<ServerCore>.fromOpaque(context).takeUnretainedValue()
  guard let known = slot.pointee else {
    let exchange = Exchange(
      core: core, connection: connection, method: String(cString: method), path: String(cString: url),
      isWhole: mhd_head_is_whole(connection, url, version))
    slot.pointee = Unmanaged.passRetained(exchange).toOpaque()  // released by completedCallback
    return exchange.refuseEarly() ? .YES : .NO
  }
  let exchange = Unmanaged<Exchange>.fromOpaque(known).takeUnretainedValue()
  if uploadSize.pointee > 0 {
    let isTaken = exchange.receive(UnsafeRawBufferPointer(start: upload, count: uploadSize.pointee))
    uploadSize.pointee = 0
    return isTaken ? .YES : .NO
  }
  return exchange.respond() ? .YES : .NO
}

/// Called once for each request that `serverCallback` saw, whatever became of it.
let completedCallback: MHD_RequestCompletedCallback = { _, _, slot, _ in
  guard let known = slot?.pointee else { return }
  Unmanaged<Exchange>.fromOpaque(known).takeRetainedValue().end()
  slot?.pointee = nil
}

/// Called when a connection begins and after it has ended, before its socket is closed.
let connectionCallback: MHD_NotifyConnectionCallback = { context, connection, _, event in
  guard let context, let connection else { return }
  guard let arrivals = Unmanaged<ServerCore>.fromOpaque(context).takeUnretainedValue().arrivals else { return }
  switch event {
  case .CONNECTION_NOTIFY_STARTED: arrivals.begin(connection, socket: mhd_connection_socket(connection))
  default: arrivals.end(connection)
  }
}

/// Called for more of a streamed body; waits until there is some.
let bodyCallback: MHD_ContentReaderCallback = { context, _, space, size in
  guard let context, let space else { return mhd_end_with_error() }
  let source = Unmanaged<BodySource>.fromOpaque(context).takeUnretainedValue()
  switch source.read(into: UnsafeMutableRawBufferPointer(start: space, count: size)) {
  case .bytes(let count): return count
  case .end: return mhd_end_of_stream()
  case .cut: return mhd_end_with_error()
  }
}

/// Called when a streamed response is no longer needed.
let releaseCallback: MHD_ContentReaderFreeCallback = { context in
  if let context { Unmanaged<BodySource>.fromOpaque(context).release() }
}
