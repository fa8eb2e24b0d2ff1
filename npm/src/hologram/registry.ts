import { show } from '../check.js'
import { StowageError } from '../errors.js'
import { Buffer } from '../tensor/buffer.js'
import { Executor } from '../tensor/executor.js'
import { Tensor } from '../tensor/tensor.js'

type Registered = Executor | Buffer | Tensor

/** Handles of executors, buffers and tensors: one counter for all, from 1, never used again. */
export class Registry {
  readonly #objects = new Map<number, Registered>()
  #last = 0

  add(object: Registered): number {
    this.#last += 1
    this.#objects.set(this.#last, object)
    return this.#last
  }

  has(handle: number): boolean {
    return this.#objects.has(handle)
  }

  executor(handle: number): Executor {
    const executor = this.#find('Executor', handle)
    if (executor instanceof Executor) return executor
    throw notFound('Executor', handle)
  }

  buffer(handle: number): Buffer {
    const buffer = this.#find('Buffer', handle)
    if (!(buffer instanceof Buffer)) throw notFound('Buffer', handle)
    return alive('Buffer', handle, buffer)
  }

  tensor(handle: number): Tensor {
    const tensor = this.#find('Tensor', handle)
    if (!(tensor instanceof Tensor)) throw notFound('Tensor', handle)
    return alive('Tensor', handle, tensor)
  }

  /** A buffer that has to be of that executor. */
  ownBuffer(executorHandle: number, handle: number): Buffer {
    const executor = this.executor(executorHandle)
    return own('Buffer', handle, this.buffer(handle), executorHandle, executor)
  }

  /** A tensor that has to be of that executor. */
  ownTensor(executorHandle: number, handle: number): Tensor {
    const executor = this.executor(executorHandle)
    return own('Tensor', handle, this.tensor(handle), executorHandle, executor)
  }

  /** Forgets a handle and frees what it stands for. An unknown one is only warned of. */
  release(kind: 'Executor' | 'Buffer' | 'Tensor', handle: number): void {
    const object = this.#find(kind, handle)
    const classes = { Executor, Buffer, Tensor }
    if (!(object instanceof classes[kind])) {
      console.warn(`${notFound(kind, handle).message}; nothing was released`)
      return
    }
    this.#objects.delete(handle)
    object.dispose()
  }

  /** Frees everything. The counter goes on. */
  clear(): void {
    const objects = [...this.#objects.values()]
    this.#objects.clear()
    for (const object of objects) object.dispose()
  }

  #find(kind: string, handle: unknown): Registered | undefined {
    if (typeof handle !== 'number' || !Number.isSafeInteger(handle)) {
      throw new StowageError('invalid-argument', `${kind} handle ${show(handle)} is no handle`)
    }
    return this.#objects.get(handle)
  }
}

function notFound(kind: string, handle: number): StowageError {
  return new StowageError('invalid-argument', `${kind} handle ${String(handle)} not found`)
}

function alive<T extends Buffer | Tensor>(kind: string, handle: number, object: T): T {
  if (!object.executor.isDisposed) return object
  throw new StowageError(
    'disposed',
    `${kind} handle ${String(handle)} is of an executor that was cleaned up`,
  )
}

function own<T extends Buffer | Tensor>(
  kind: string,
  handle: number,
  object: T,
  executorHandle: number,
  executor: Executor,
): T {
  if (object.executor === executor) return object
  throw new StowageError(
    'invalid-argument',
    `${kind} handle ${String(handle)} belongs to another executor than ${String(executorHandle)}`,
  )
}
